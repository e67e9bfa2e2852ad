"""The client against a real HTTP server: answers, refusals, and everything that goes wrong."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from tests.minutes.conftest import Reply
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled, ErrorCode, KnownError
from voicerec_desktop.minutes.failures import TooLong
from voicerec_desktop.minutes.llm import Llm, ModelInfo, SentRequest
from voicerec_desktop.minutes.server import Server, ServerMemory

SAID = [{"role": "user", "content": "Привет"}]
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


def ask(llm: Llm, cancel: CancelToken | None = None, **more):
    return llm.ask(SAID, "test", cancel or CancelToken(), 100, **more)


def refusal(message: str) -> Reply:
    return Reply(status=400, body={"error": {"message": message}})


def test_an_answer_comes_piece_by_piece_and_whole(scripted, server):
    scripted.script(Reply(["Доб", "рый ", "день"]))
    seen: list[str] = []
    answer = ask(Llm(server), on_text=seen.append)
    assert (answer.text, answer.cut) == ("Добрый день", False)
    assert (answer.sent, answer.received) == (11, 7)
    assert seen[:2] == ["Доб", "Добрый"]
    assert seen[-1] == "Добрый день"
    (request,) = scripted.requests
    assert request["chat_template_kwargs"] == {"enable_thinking": False}
    assert request["max_tokens"] == 100
    assert scripted.keys == ["Bearer geheim"]


@pytest.mark.parametrize(
    "pieces",
    [
        ["<think>тайна", " дальше</thi", "nk>\n\nответ"],
        ["<think>\n\n</think>\n\nответ"],
        ["<thi", "nk>тайна</think>ответ"],
    ],
)
def test_thoughts_never_reach_the_user(scripted, server, pieces):
    scripted.script(Reply(pieces))
    seen: list[str] = []
    assert ask(Llm(server), on_text=seen.append).text == "ответ"
    assert not [text for text in seen if "тайна" in text or "<" in text]


def test_a_lone_end_of_thoughts_takes_them_away(scripted, server):
    scripted.script("сначала подумаю</think>\nответ")
    assert ask(Llm(server)).text == "ответ"


def test_an_answer_in_the_field_of_thoughts_is_read(scripted, server):
    scripted.script(Reply("", thoughts="<think>так</think>ответ"))
    assert ask(Llm(server)).text == "ответ"


def test_thoughts_beside_an_answer_are_not_the_answer(scripted, server):
    scripted.script(Reply("ответ", thoughts="тайна"))
    assert ask(Llm(server)).text == "ответ"


def test_an_answer_cut_by_length_says_so(scripted, server):
    scripted.script(Reply("начало", finish="length"))
    assert ask(Llm(server)).cut


def test_what_a_server_refuses_is_left_out_from_then_on(scripted, server, tmp_path):
    def answers(body):
        if "chat_template_kwargs" in body:
            return refusal("Unrecognized request argument: chat_template_kwargs")
        return refusal("stream_options?") if "stream_options" in body else Reply("да")

    scripted.answers = answers
    assert ask(Llm(server, ServerMemory(tmp_path))).text == "да"
    assert len(scripted.requests) == 3
    assert ask(Llm(server, ServerMemory(tmp_path))).text == "да"  # as after a new start
    assert len(scripted.requests) == 4
    assert ask(Llm(replace(server, model="other"), ServerMemory(tmp_path))).text == "да"
    assert len(scripted.requests) == 7


def test_json_is_asked_for_in_the_strictest_way_that_the_server_takes(scripted, server):
    def answers(body):
        kind = body.get("response_format", {}).get("type")
        return refusal(f"response_format {kind} is not supported") if kind else Reply("{}")

    scripted.answers = answers
    assert ask(Llm(server), schema=SCHEMA).text == "{}"
    kinds = [body.get("response_format", {}).get("type") for body in scripted.requests]
    assert kinds == ["json_schema", "json_object", None]
    assert "chat_template_kwargs" in scripted.requests[-1]


def test_a_server_that_refuses_everything_is_told_of_and_nothing_is_remembered(scripted, server):
    scripted.script(refusal("no"))
    memory = ServerMemory()
    with pytest.raises(KnownError) as caught:
        ask(Llm(server, memory))
    assert (caught.value.code, caught.value.params["status"]) == (ErrorCode.LLM_FAILED, 400)
    assert not memory.of(server).thinking_switch


@pytest.mark.parametrize(
    ("body", "context"),
    [
        ({"error": {"message": "This model's maximum context length is 8192 tokens."}}, 8192),
        ({"error": {"type": "exceed_context_size_error", "n_ctx": 512, "message": "no"}}, 512),
        ({"object": "error", "message": "the prompt is too long"}, 0),
    ],
)
def test_a_text_that_is_too_long_is_told_with_the_size_of_the_context(
    scripted, server, body, context
):
    scripted.script(Reply(status=400, body=body))
    with pytest.raises(TooLong) as caught:
        ask(Llm(server))
    assert caught.value.context == context
    assert len(scripted.requests) == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(scripted, server, status):
    scripted.script(Reply(status=status, body={}, headers={"retry-after": "0"}), "да")
    assert ask(Llm(server)).text == "да"


def test_the_pause_that_a_server_asks_for_is_kept(scripted, server):
    scripted.script(Reply(status=429, body={}, headers={"retry-after": "0.3"}), "да")
    began = time.monotonic()
    ask(Llm(replace(server, pause=60.0)))
    assert time.monotonic() - began >= 0.3


def test_a_stream_that_breaks_off_is_tried_again_from_its_beginning(scripted, server):
    scripted.script(Reply(["поло", "вина"], finish=""), Reply(reset=True), Reply(["всё", " тут"]))
    seen: list[str] = []
    assert ask(Llm(server), on_text=seen.append).text == "всё тут"
    assert seen == ["поло", "половина", "всё", "всё тут", "всё тут"]


@pytest.mark.parametrize(
    ("reply", "code", "tries"),
    [
        (Reply(status=401, body={}), ErrorCode.LLM_KEY, 1),
        (Reply(status=403, body={}), ErrorCode.LLM_KEY, 1),
        (Reply(status=404, body={}), ErrorCode.LLM_MODEL, 1),
        (Reply(status=429, body={}), ErrorCode.LLM_BUSY, 4),
        (Reply(status=500, body={}), ErrorCode.LLM_FAILED, 4),
        (Reply("a", finish=""), ErrorCode.LLM_BROKEN_OFF, 4),
        (Reply(reset=True), ErrorCode.LLM_UNREACHABLE, 4),
        (Reply("a", finish="content_filter"), ErrorCode.LLM_BAD_ANSWER, 1),
    ],
)
def test_a_failure_that_stays_is_told_by_its_name(scripted, server, reply, code, tries):
    scripted.script(reply)
    with pytest.raises(KnownError) as caught:
        ask(Llm(server))
    assert (caught.value.code, len(scripted.requests)) == (code, tries)


def test_a_server_that_falls_silent_is_given_up_after_a_second_try(scripted, server):
    scripted.script(Reply(["a"], hang=True))
    with pytest.raises(KnownError) as caught:
        ask(Llm(replace(server, silence=0.2)))
    assert (caught.value.code, len(scripted.requests)) == (ErrorCode.LLM_SILENT, 2)


def test_a_cancel_ends_a_silent_answer_at_once(scripted, server):
    scripted.script(Reply(["a"], hang=True))
    cancel, ended = CancelToken(), []

    def run() -> None:
        try:
            ask(Llm(replace(server, silence=60.0)), cancel)
        except Cancelled:
            ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    assert scripted.arrived.wait(20)
    began = time.monotonic()
    cancel.cancel()
    thread.join(20)
    assert ended
    assert ended[0] - began < 1.0  # the user waits no longer than that


def test_a_host_that_is_not_there_is_told_of():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(KnownError) as caught:
        ask(Llm(Server(url, "qwen", retries=0)))
    assert caught.value.code == ErrorCode.LLM_UNREACHABLE
    assert caught.value.params["host"] in url


def test_a_server_without_the_certificate_that_is_expected_is_told_of(scripted, server):
    secure = replace(server, url=server.url.replace("http:", "https:"))
    for broken in (secure, replace(secure, ca_file="/нет/такого.pem")):
        with pytest.raises(KnownError) as caught:
            ask(Llm(broken))
        assert caught.value.code == ErrorCode.LLM_TLS


@pytest.mark.parametrize("url", ["", "ftp://a", "qwen"])
def test_no_address_is_no_server(url):
    with pytest.raises(KnownError) as caught:
        ask(Llm(Server(url)))
    assert caught.value.code == ErrorCode.LLM_NOT_SET


def test_the_text_goes_to_no_other_host_than_the_one_that_was_named(scripted, server):
    scripted.script(Reply(status=307, body={}, headers={"location": "http://127.0.0.2/v1"}))
    with pytest.raises(KnownError) as caught:
        ask(Llm(server))
    assert (caught.value.code, caught.value.params["status"]) == (ErrorCode.LLM_FAILED, 307)


def test_every_request_is_noted_before_it_is_sent(scripted, server):
    scripted.script(Reply(status=500, body={}), "да")
    noted: list[SentRequest] = []
    ask(Llm(server, on_request=noted.append))
    assert len(noted) == 2
    assert noted[0].host == server.host
    assert (noted[0].size, noted[0].purpose) == (len("Привет".encode()), "test")


def test_models_are_listed_with_their_context(scripted, server):
    scripted.models = Reply(
        body={
            "data": [
                {"id": "a", "max_model_len": 4096},
                {"id": "b", "meta": {"n_ctx": 512}},
                {"id": "c"},
            ]
        }
    )
    listed = Llm(server).models(CancelToken())
    assert listed == [ModelInfo("a", 4096), ModelInfo("b", 512), ModelInfo("c")]


@pytest.mark.parametrize("answer", [{"count": 5, "tokens": [1]}, {"tokens": [1, 2, 3, 4, 5]}])
def test_tokens_are_counted_by_the_server(scripted, server, answer):
    scripted.tokenize = Reply(body=answer)
    assert Llm(server).count("Привет", CancelToken()) == 5
    assert scripted.paths == ["/tokenize"]


def test_a_server_that_does_not_count_is_asked_once(scripted, server):
    llm = Llm(server)
    assert [llm.count("Привет", CancelToken()) for _ in range(3)] == [None] * 3
    assert scripted.paths == ["/tokenize"]

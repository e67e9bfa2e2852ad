"""Works the window as a screen reader does: through AT-SPI. One JSON request a line on stdin.

Run by the system's Python, which has pyatspi; the window's own environment has it not. There is
no waiting for a fixed time: everything is looked for until it is there or the deadline passes.
"""

import contextlib
import json
import sys
import time

import pyatspi

PAUSE = 0.05  # s between two looks
ACTIONS = ("press", "click", "toggle", "showmenu")
KEYS = {"Return": 0xFF0D}  # X11 keysyms
CONTROL = 37  # an X11 keycode
MENUS = {"menu bar", "menu", "popup menu", "menu item"}  # they count although they do not show


class Window:
    """One application on the accessibility bus."""

    def __init__(self, pid, seconds):
        self._pid = pid
        self._app = self._until(seconds, self._find_app, f"no application of process {pid}")

    def _until(self, seconds, look, complaint):
        deadline = time.monotonic() + seconds
        while True:
            try:
                found = look()
            except Exception as error:  # what was looked at is gone: look again
                found, complaint = None, f"{complaint} ({error})"
            if found is not None and found is not False:
                return found
            if time.monotonic() > deadline:
                raise LookupError(complaint)
            time.sleep(PAUSE)

    def _find_app(self):
        for app in pyatspi.Registry.getDesktop(0):
            with contextlib.suppress(Exception):  # one that has just ended is still listed
                if app.get_process_id() == self._pid:
                    return app
        return None

    def walk(self, node=None, menus=False):
        """All that shows, from the outside in, and on demand what menus hold."""
        for child in node or self._app:
            role = child.getRoleName() if child is not None else ""
            if role in MENUS:
                if menus:
                    yield role, child
                    yield from self.walk(child, menus)
            elif role and child.getState().contains(pyatspi.STATE_SHOWING):
                yield role, child
                yield from self.walk(child, menus)

    def find(self, role, name, seconds=30.0, part=False, within=None):
        """What has this role and name, or a name with this part, in the first `within`."""

        def look():
            menus = role in MENUS
            outer = next((node for found, node in self.walk() if found == within), None)
            for found, node in self.walk(outer, menus) if outer or not within else ():
                if found == role and (name in node.name if part else node.name == name):
                    return node
            return None

        return self._until(seconds, look, f"no {role} “{name}”")

    def press(self, role, name, **how):
        action = self.find(role, name, **how).queryAction()
        names = [action.getName(i).lower() for i in range(action.nActions)]
        wanted = next(i for i, each in enumerate(names) if each in ACTIONS)
        action.doAction(wanted)

    def write(self, role, name, text, **how):
        node = self.find(role, name, **how)
        node.queryComponent().grabFocus()
        node.queryEditableText().setTextContents(text)

    def choose(self, role, name, **how):
        node = self.find(role, name, **how)
        node.parent.querySelection().clearSelection()
        if not node.parent.querySelection().selectChild(node.getIndexInParent()):
            raise LookupError(f"{role} “{name}” cannot be chosen")

    def wait(self, role, name, **how):
        return self.find(role, name, **how).name

    def wait_gone(self, role, seconds=30.0):
        def look():
            return all(found != role for found, _ in self.walk())

        return self._until(seconds, look, f"{role} stays")

    def key(self, name):
        pyatspi.Registry.generateKeyboardEvent(KEYS[name], None, pyatspi.KEY_SYM)

    def type(self, text):
        """Replace what the field with the keyboard holds."""
        send = pyatspi.Registry.generateKeyboardEvent
        send(CONTROL, None, pyatspi.KEY_PRESS)
        send(ord("a"), None, pyatspi.KEY_SYM)
        send(CONTROL, None, pyatspi.KEY_RELEASE)
        send(0, text, pyatspi.KEY_STRING)

    def tree(self):
        return [f"{role}: {node.name}" for role, node in self.walk()]


def main():
    window = None
    for line in sys.stdin:
        request = json.loads(line)
        verb, args, how = request["do"], request["args"], request["how"]
        try:
            if verb == "attach":
                window, answer = Window(*args, **how), True
            else:
                answer = getattr(window, verb)(*args, **how)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}", "tree": window and window.tree()}
        print(json.dumps(answer if answer is not None else True), flush=True)


if __name__ == "__main__":
    main()

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Voicerec</source>
        <translation>О программе Voicerec</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Копировать диагностику</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Лицензия</translation>
    </message>
    <message>
        <source>Made with these programs, each under its own licence:</source>
        <translation>Сделано с помощью этих программ, у каждой своя лицензия:</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Открыть папку журнала</translation>
    </message>
    <message>
        <source>Programs that this one is made of</source>
        <translation>Программы, из которых сделана эта</translation>
    </message>
    <message>
        <source>Records meetings, writes them down and tells the speakers apart, on your own computer.</source>
        <translation>Записывает встречи, расшифровывает их и различает участников прямо на вашем компьютере.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Version %1, MIT licence, without any warranty</source>
        <translation>Версия %1, лицензия MIT, без каких-либо гарантий</translation>
    </message>
    <message>
        <source>Versions for a bug report; nothing of your meetings</source>
        <translation>Версии для сообщения об ошибке; о ваших встречах — ничего</translation>
    </message>
    <message>
        <source>Voicerec Desktop</source>
        <translation>Voicerec Desktop</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About Voicerec</source>
        <translation>&amp;О программе Voicerec</translation>
    </message>
    <message>
        <source>&amp;Back 5 seconds</source>
        <translation>&amp;Назад на 5 секунд</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>&amp;Копировать как текст</translation>
    </message>
    <message>
        <source>&amp;Correct text</source>
        <translation>&amp;Исправить текст</translation>
    </message>
    <message>
        <source>&amp;Delete meeting…</source>
        <translation>&amp;Удалить встречу…</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Сведения</translation>
    </message>
    <message>
        <source>&amp;Devices and sound check…</source>
        <translation>&amp;Устройства и проверка звука…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Найти…</translation>
    </message>
    <message>
        <source>&amp;Forward 5 seconds</source>
        <translation>&amp;Вперёд на 5 секунд</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
    <message>
        <source>&amp;Join with next</source>
        <translation>&amp;Соединить со следующим</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Сочетания клавиш</translation>
    </message>
    <message>
        <source>&amp;Mark this moment</source>
        <translation>Поставить &amp;метку</translation>
    </message>
    <message>
        <source>&amp;Meetings</source>
        <translation>&amp;Встречи</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>&amp;Открыть файлы…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Пауза</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Пуск или пауза</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>В&amp;оспроизведение</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Очередь</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Выйти</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Записать</translation>
    </message>
    <message>
        <source>&amp;Recording</source>
        <translation>З&amp;апись</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Повторить</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Продолжить</translation>
    </message>
    <message>
        <source>&amp;Search all meetings</source>
        <translation>Искать во &amp;всех встречах</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Настройки…</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Медленнее</translation>
    </message>
    <message>
        <source>&amp;Stop recording</source>
        <translation>&amp;Остановить запись</translation>
    </message>
    <message>
        <source>&amp;Transcribe again</source>
        <translation>&amp;Расшифровать заново</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;What is recorded</source>
        <translation>&amp;Что записывать</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Копировать к&amp;ак Markdown</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>&amp;Быстрее</translation>
    </message>
    <message>
        <source>Find and re&amp;place…</source>
        <translation>Найти и &amp;заменить…</translation>
    </message>
    <message>
        <source>Fo&amp;llow playback</source>
        <translation>&amp;Следить за воспроизведением</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Открыть &amp;папку…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Не&amp;давние файлы</translation>
    </message>
    <message>
        <source>Restore or dismiss &amp;doubtful text</source>
        <translation>Оставить или &amp;убрать сомнительное</translation>
    </message>
    <message>
        <source>Said &amp;by</source>
        <translation>Кто &amp;говорит</translation>
    </message>
    <message>
        <source>Spl&amp;it here</source>
        <translation>&amp;Разделить здесь</translation>
    </message>
</context>
<context>
    <name>Correction</name>
    <message>
        <source>Copy my text</source>
        <translation>Копировать мой текст</translation>
    </message>
    <message>
        <source>This passage changed while you corrected it. Your text was not saved.</source>
        <translation>Этот фрагмент изменился, пока вы его исправляли. Ваш текст не сохранён.</translation>
    </message>
</context>
<context>
    <name>DetailsView</name>
    <message>
        <source>Details</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Метки</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Участники</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>%1 GB are free on the disk with your meetings.</source>
        <translation>На диске с вашими встречами свободно %1&#xa0;ГБ.</translation>
    </message>
    <message>
        <source>&amp;Transcribe with</source>
        <translation>&amp;Расшифровывать на</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Автоматически</translation>
    </message>
    <message>
        <source>Automatic uses the graphics card if there is one that works.</source>
        <translation>«Автоматически» — на видеокарте, если есть подходящая.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Копировать отчёт</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>Device for transcription</source>
        <translation>Устройство для расшифровки</translation>
    </message>
    <message>
        <source>Graphics card (NVIDIA)</source>
        <translation>Видеокарта (NVIDIA)</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить снова</translation>
    </message>
    <message>
        <source>Looking at this computer… A running transcription finishes first.</source>
        <translation>Проверка компьютера… Если идёт расшифровка, сначала она закончится.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Процессор</translation>
    </message>
    <message>
        <source>Speakers are told apart on the NVIDIA graphics card: fast.</source>
        <translation>Участников различает видеокарта NVIDIA: быстро.</translation>
    </message>
    <message>
        <source>Speakers are told apart on the processor.</source>
        <translation>Участников различает процессор.</translation>
    </message>
    <message>
        <source>Speakers cannot be told apart: %1</source>
        <translation>Участники не различаются: %1</translation>
    </message>
    <message>
        <source>Speech becomes text on the NVIDIA graphics card: fast.</source>
        <translation>Речь распознаёт видеокарта NVIDIA: быстро.</translation>
    </message>
    <message>
        <source>Speech becomes text on the processor, as you chose. Large models are slow there.</source>
        <translation>Речь распознаёт процессор, как вы выбрали. Большие модели на нём работают медленно.</translation>
    </message>
    <message>
        <source>Speech becomes text on the processor, because there is no NVIDIA graphics card that can be used. Large models are slow here.</source>
        <translation>Речь распознаёт процессор: подходящей видеокарты NVIDIA нет. Большие модели здесь работают медленно.</translation>
    </message>
    <message>
        <source>Speech cannot be turned into text: %1</source>
        <translation>Речь не распознаётся: %1</translation>
    </message>
    <message>
        <source>This computer could not be examined. The log has the details.</source>
        <translation>Не удалось проверить компьютер. Подробности в журнале.</translation>
    </message>
    <message numerus="yes">
        <source>Voicerec %1 on %2, %n processor(s).</source>
        <translation>
            <numerusform>Voicerec %1, %2, %n процессор.</numerusform>
            <numerusform>Voicerec %1, %2, %n процессора.</numerusform>
            <numerusform>Voicerec %1, %2, %n процессоров.</numerusform>
        </translation>
    </message>
    <message>
        <source>What would be used here</source>
        <translation>Что будет работать здесь</translation>
    </message>
    <message>
        <source>You chose the graphics card, but none from NVIDIA can be used here. Choose “Automatic”.</source>
        <translation>Вы выбрали видеокарту, но подходящей карты NVIDIA здесь нет. Выберите «Автоматически».</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Doubtful text</source>
        <translation>Сомнительное</translation>
    </message>
    <message>
        <source>Everything, for programs and scripts</source>
        <translation>Всё, для программ и скриптов</translation>
    </message>
    <message>
        <source>Export transcript</source>
        <translation>Экспорт расшифровки</translation>
    </message>
    <message>
        <source>For notes, mail and chats</source>
        <translation>Для заметок, почты и чатов</translation>
    </message>
    <message>
        <source>For video on web pages</source>
        <translation>Для видео на сайтах</translation>
    </message>
    <message>
        <source>For video players and editors</source>
        <translation>Для видеоплееров и редакторов</translation>
    </message>
    <message>
        <source>For wikis, Notion and Obsidian</source>
        <translation>Для вики, Notion и Obsidian</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Include:</source>
        <translation>Включить:</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Просмотр</translation>
    </message>
    <message>
        <source>RTTM</source>
        <translation>RTTM</translation>
    </message>
    <message>
        <source>Save transcript</source>
        <translation>Сохранить расшифровку</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Участники</translation>
    </message>
    <message>
        <source>Subtitles SRT</source>
        <translation>Субтитры SRT</translation>
    </message>
    <message>
        <source>Subtitles WebVTT</source>
        <translation>Субтитры WebVTT</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>Text that perhaps nobody said: the program is not sure of it</source>
        <translation>Текст, которого, возможно, никто не говорил: программа в нём не уверена</translation>
    </message>
    <message>
        <source>The beginning. The file will hold the whole meeting.</source>
        <translation>Это начало. В файле будет вся встреча.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>To be edited, printed and signed</source>
        <translation>Чтобы править, печатать и подписывать</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Расшифровка</translation>
    </message>
    <message>
        <source>Who speaks when, for researchers</source>
        <translation>Кто когда говорит, для исследователей</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Документ Word</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message numerus="yes">
        <source>%n meeting(s) came back from their own copies.</source>
        <translation>
            <numerusform>%n встреча восстановлена из своей копии.</numerusform>
            <numerusform>%n встречи восстановлены из своих копий.</numerusform>
            <numerusform>%n встреч восстановлены из своих копий.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>Restore the library</source>
        <translation>Восстановить библиотеку</translation>
    </message>
    <message>
        <source>Restoring the library…</source>
        <translation>Библиотека восстанавливается…</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>The damaged file is kept as “%1”.</source>
        <translation>Повреждённый файл сохранён как «%1».</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>Библиотеку не удаётся открыть</translation>
    </message>
    <message>
        <source>The library is restored from “%1”.</source>
        <translation>Библиотека восстановлена из «%1».</translation>
    </message>
    <message>
        <source>The library is restored.</source>
        <translation>Библиотека восстановлена.</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Подробности в журнале.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>With many meetings this takes some minutes. Nothing is deleted.</source>
        <translation>Если встреч много, это займёт несколько минут. Ничего не удаляется.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Aa</source>
        <comment>button: match case</comment>
        <translation>Аа</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Закрыть (Esc)</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Поиск и замена</translation>
    </message>
    <message>
        <source>Find in this transcript</source>
        <translation>Найти в расшифровке</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Совпадения</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Учитывать регистр</translation>
    </message>
    <message>
        <source>Next hit (F3)</source>
        <translation>Следующее совпадение (F3)</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Previous hit (Shift+F3)</source>
        <translation>Предыдущее совпадение (Shift+F3)</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Заменить все</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Заменить на</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Только слова целиком</translation>
    </message>
    <message>
        <source>ab</source>
        <comment>button: whole words</comment>
        <translation>аб</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>%1 pt</source>
        <translation>%1&#xa0;пт</translation>
    </message>
    <message>
        <source>&amp;Follow the text during playback</source>
        <translation>&amp;Прокручивать текст вслед за звуком</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Язык</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Тема</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>Язык программы</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Text &amp;size of transcripts</source>
        <translation>&amp;Размер текста расшифровок</translation>
    </message>
    <message>
        <source>Text size of transcripts</source>
        <translation>Размер текста расшифровок</translation>
    </message>
    <message>
        <source>The transcript scrolls along with what is heard, until you scroll it yourself.</source>
        <translation>Расшифровка прокручивается вслед за звуком, пока вы не прокрутите её сами.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
</context>
<context>
    <name>GlossaryModel</name>
    <message>
        <source>Any Russian ending</source>
        <translation>С любым русским окончанием</translation>
    </message>
    <message>
        <source>Any ending</source>
        <translation>Склонять</translation>
    </message>
    <message>
        <source>Heard as</source>
        <translation>Слышится как</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Термин</translation>
    </message>
    <message>
        <source>Variants match with any Russian ending: рума, румы, румой</source>
        <translation>Варианты находятся с любым русским окончанием: рума, румы, румой</translation>
    </message>
</context>
<context>
    <name>GlossaryPage</name>
    <message numerus="yes">
        <source>%n row(s) of the glossary had mistakes and were not saved.</source>
        <translation>
            <numerusform>%n строка словаря была с ошибками и не сохранена.</numerusform>
            <numerusform>%n строки словаря были с ошибками и не сохранены.</numerusform>
            <numerusform>%n строк словаря были с ошибками и не сохранены.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) with mistakes: not used until corrected.</source>
        <translation>
            <numerusform>%n строка с ошибкой: не действует, пока не исправлена.</numerusform>
            <numerusform>%n строки с ошибками: не действуют, пока не исправлены.</numerusform>
            <numerusform>%n строк с ошибками: не действуют, пока не исправлены.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) imported.</source>
        <translation>
            <numerusform>Добавлен %n термин.</numerusform>
            <numerusform>Добавлено %n термина.</numerusform>
            <numerusform>Добавлено %n терминов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) removed.</source>
        <translation>
            <numerusform>Удалён %n термин.</numerusform>
            <numerusform>Удалено %n термина.</numerusform>
            <numerusform>Удалено %n терминов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already.</source>
        <translation>
            <numerusform>%n уже был.</numerusform>
            <numerusform>%n уже были.</numerusform>
            <numerusform>%n уже были.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Export glossary</source>
        <translation>Экспорт словаря</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Glossaries (*.txt);;All files (*)</source>
        <translation>Словари (*.txt);;Все файлы (*)</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>Словарь</translation>
    </message>
    <message>
        <source>Import glossary</source>
        <translation>Импорт словаря</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импорт…</translation>
    </message>
    <message>
        <source>Names and terms that must be spelled right. Whisper recognises them better when they are listed here, and the spellings under “Heard as”, separated by commas, are corrected. Applies to meetings transcribed from now on.</source>
        <translation>Имена и термины, которые важно писать правильно. Whisper лучше распознаёт то, что здесь перечислено, а написания из столбца «Слышится как», через запятую, исправляются. Действует для следующих расшифровок.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>Сохранено: %1</translation>
    </message>
    <message>
        <source>Search terms</source>
        <translation>Поиск терминов</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Термины</translation>
    </message>
    <message>
        <source>That did not work. The log has the details.</source>
        <translation>Не получилось. Подробности в журнале.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Undo the removal</source>
        <translation>Отменить удаление</translation>
    </message>
    <message>
        <source>glossary.txt</source>
        <translation>словарь.txt</translation>
    </message>
</context>
<context>
    <name>LeftPanel</name>
    <message>
        <source>Open recordings</source>
        <translation>Открыть записи</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Heard well</source>
        <translation>Слышно хорошо</translation>
    </message>
    <message>
        <source>Nothing is heard</source>
        <translation>Ничего не слышно</translation>
    </message>
    <message>
        <source>Too loud</source>
        <translation>Слишком громко</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message numerus="yes">
        <source>%n speaker(s)</source>
        <translation>
            <numerusform>%n участник</numerusform>
            <numerusform>%n участника</numerusform>
            <numerusform>%n участников</numerusform>
        </translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Прервано</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>Обработка</translation>
    </message>
    <message>
        <source>Processing %1%</source>
        <translation>Обработка, %1%</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>В очереди</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Идёт запись</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>На этой неделе</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n совпадение</numerusform>
            <numerusform>%n совпадения</numerusform>
            <numerusform>%n совпадений</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Очистить поиск</translation>
    </message>
    <message>
        <source>Drop audio or video files here, or open them.</source>
        <translation>Перетащите сюда аудио или видео или откройте файлы.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <source>No meetings yet</source>
        <translation>Встреч пока нет</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>По запросу «%1» ничего нет</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Открыть файлы…</translation>
    </message>
    <message numerus="yes">
        <source>The best %n match(es)</source>
        <translation>
            <numerusform>Лучшее %n совпадение</numerusform>
            <numerusform>Лучшие %n совпадения</numerusform>
            <numerusform>Лучшие %n совпадений</numerusform>
        </translation>
    </message>
    <message>
        <source>Try fewer words, or another form of them.</source>
        <translation>Попробуйте меньше слов или другую их форму.</translation>
    </message>
    <message>
        <source>“%1” is not there any more.</source>
        <translation>Файла «%1» больше нет.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Открыть записи</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Record a meeting, or drop a recording here</source>
        <translation>Запишите встречу или перетащите сюда запись</translation>
    </message>
    <message>
        <source>Sound or video, one file, many, or a whole folder. It becomes text with the speakers told apart, on this computer; nothing is sent anywhere.</source>
        <translation>Звук или видео: один файл, несколько или целая папка. Получится текст, разделённый по участникам. Всё происходит на этом компьютере, наружу ничего не отправляется.</translation>
    </message>
    <message>
        <source>Stop the work and close?</source>
        <translation>Остановить работу и закрыть?</translation>
    </message>
    <message>
        <source>The work goes on from here when you open the program again.</source>
        <translation>Когда вы снова откроете программу, работа продолжится с этого места.</translation>
    </message>
    <message>
        <source>Try it with a sample</source>
        <translation>Попробовать на примере</translation>
    </message>
</context>
<context>
    <name>MarksPanel</name>
    <message>
        <source>Change the note</source>
        <translation>Изменить заметку</translation>
    </message>
    <message>
        <source>Delete the mark</source>
        <translation>Удалить метку</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Метки</translation>
    </message>
</context>
<context>
    <name>MeetingDelegate</name>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
</context>
<context>
    <name>MeetingHeader</name>
    <message numerus="yes">
        <source>%n speaker(s)</source>
        <translation>
            <numerusform>%n участник</numerusform>
            <numerusform>%n участника</numerusform>
            <numerusform>%n участников</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>No speech was found in this recording.</source>
        <translation>В этой записи не нашлось речи.</translation>
    </message>
    <message>
        <source>On hold until you continue it in the queue.</source>
        <translation>Отложено. Продолжить можно в очереди.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Putting text and speakers together…</source>
        <translation>Распределение текста по участникам…</translation>
    </message>
    <message>
        <source>Reading the sound…</source>
        <translation>Чтение звука…</translation>
    </message>
    <message>
        <source>Recognising speech. The text appears as it comes.</source>
        <translation>Распознавание речи. Текст появляется по мере готовности.</translation>
    </message>
    <message>
        <source>Something went wrong with this meeting. What was done is kept.</source>
        <translation>С этой встречей что-то пошло не так. Сделанное сохранено.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Запуск…</translation>
    </message>
    <message>
        <source>Telling the speakers apart…</source>
        <translation>Различение участников…</translation>
    </message>
    <message>
        <source>The work was stopped. What was done is kept; it goes on from there.</source>
        <translation>Работа остановлена. Сделанное сохранено, можно продолжить с этого места.</translation>
    </message>
    <message>
        <source>This is being recorded. The text comes when the recording ends.</source>
        <translation>Идёт запись. Текст появится, когда она закончится.</translation>
    </message>
    <message>
        <source>Title of the meeting</source>
        <translation>Название встречи</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Waiting for its turn.</source>
        <translation>Ждёт своей очереди.</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>осталось около %1</translation>
    </message>
</context>
<context>
    <name>MeetingList</name>
    <message numerus="yes">
        <source>Delete %n meeting(s)…</source>
        <translation>
            <numerusform>Удалить %n встречу…</numerusform>
            <numerusform>Удалить %n встречи…</numerusform>
            <numerusform>Удалить %n встреч…</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Встречи</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Показать файл</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
</context>
<context>
    <name>MeetingVerbs</name>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n meeting(s)?</source>
        <translation>
            <numerusform>Удалить %n встречу?</numerusform>
            <numerusform>Удалить %n встречи?</numerusform>
            <numerusform>Удалить %n встреч?</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>Новый участник</translation>
    </message>
    <message>
        <source>Text, speakers and our own recordings are deleted for ever, from the backups as well. Files that you opened stay where they are.</source>
        <translation>Текст, участники и записи, сделанные программой, удаляются навсегда, в том числе из резервных копий. Файлы, которые вы открывали, остаются на месте.</translation>
    </message>
</context>
<context>
    <name>MinutesPage</name>
    <message>
        <source>%1 (%2 tokens)</source>
        <translation>%1 (токенов: %2)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Адрес</translation>
    </message>
    <message>
        <source>&amp;Hide phone, card and e-mail numbers</source>
        <translation>&amp;Скрывать телефоны, номера карт и адреса почты</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>&amp;Ключ</translation>
    </message>
    <message>
        <source>&amp;Language of the minutes</source>
        <translation>&amp;Язык протокола</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Модель</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>&amp;Проверить соединение</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>As the meeting</source>
        <translation>Как во встрече</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваем…</translation>
    </message>
    <message>
        <source>It answers and offers: %1.</source>
        <translation>Сервер отвечает, у него есть: %1.</translation>
    </message>
    <message>
        <source>It answers, but does not know %1. It offers: %2.</source>
        <translation>Сервер отвечает, но не знает модели %1. У него есть: %2.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Ключ</translation>
    </message>
    <message>
        <source>Language of the minutes</source>
        <translation>Язык протокола</translation>
    </message>
    <message>
        <source>May be empty where the server has only one.</source>
        <translation>Можно не указывать, если на сервере она одна.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Of your company&apos;s OpenAI-compatible API, such as https://llm.example.com/v1</source>
        <translation>API вашей компании, совместимый с OpenAI, например https://llm.example.com/v1</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Подробности в журнале.</translation>
    </message>
    <message>
        <source>They are replaced before the text is sent, and put back into the minutes.</source>
        <translation>Они заменяются перед отправкой текста и возвращаются в готовый протокол.</translation>
    </message>
</context>
<context>
    <name>MinutesPanel</name>
    <message>
        <source>A summary, decisions and tasks, each with the moment it was said.</source>
        <translation>Краткое содержание, решения и поручения: у каждого — момент, когда это сказано.</translation>
    </message>
    <message>
        <source>Being written…</source>
        <translation>Составляется…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Minutes are written by your company&apos;s language model; it is not set up yet.</source>
        <translation>Протокол составляет языковая модель вашей компании; она ещё не подключена.</translation>
    </message>
    <message>
        <source>No minutes yet</source>
        <translation>Протокола пока нет</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Set it up</source>
        <translation>Подключить</translation>
    </message>
    <message>
        <source>Version of the minutes</source>
        <translation>Версия протокола</translation>
    </message>
    <message>
        <source>Write anew</source>
        <translation>Составить заново</translation>
    </message>
    <message>
        <source>Write minutes</source>
        <translation>Составить протокол</translation>
    </message>
</context>
<context>
    <name>MinutesWriting</name>
    <message>
        <source>Send the text</source>
        <translation>Отправить текст</translation>
    </message>
    <message>
        <source>Send the text of the meeting to %1?</source>
        <translation>Отправить текст встречи на %1?</translation>
    </message>
    <message>
        <source>The language model there reads the transcript and writes the minutes. The sound stays on this computer.</source>
        <translation>Языковая модель прочитает там расшифровку и составит протокол. Звук останется на этом компьютере.</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>, to be accepted on the hub before downloading</source>
        <translation>, её надо принять на хабе до загрузки</translation>
    </message>
    <message>
        <source>All files are intact.</source>
        <translation>Все файлы целы.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>Проверить файлы</translation>
    </message>
    <message>
        <source>Checking its files…</source>
        <translation>Проверка файлов…</translation>
    </message>
    <message>
        <source>Damaged: %1. Remove the model and get it again.</source>
        <translation>Повреждено: %1. Удалите модель и загрузите её снова.</translation>
    </message>
    <message>
        <source>Damaged: files are missing</source>
        <translation>Повреждена: не хватает файлов</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Download of %1</source>
        <translation>Загрузка: %1</translation>
    </message>
    <message>
        <source>It takes %1 on the disk. You can download it again.</source>
        <translation>Она занимает %1 на диске. Её можно будет загрузить снова.</translation>
    </message>
    <message>
        <source>It takes %1 on the disk. You would have to import it again.</source>
        <translation>Она занимает %1 на диске. Потом её придётся импортировать заново.</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>Лицензия: %1</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>На этом компьютере</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Paused at %1 of %2</source>
        <translation>Пауза: %1 из %2</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Remove the model %1?</source>
        <translation>Удалить модель %1?</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Удаление…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>That did not work. The log has the details.</source>
        <translation>Не получилось. Подробности в журнале.</translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation>Ожидание…</translation>
    </message>
</context>
<context>
    <name>ModelStore</name>
    <message>
        <source>The model %1 is here and can be used.</source>
        <translation>Модель %1 загружена, ею можно пользоваться.</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Закрыть это сообщение</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Копировать подробности</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>All files (%1)</source>
        <translation>Все файлы (%1)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Пока ничего</translation>
    </message>
    <message>
        <source>Open all recordings in a folder</source>
        <translation>Открыть все записи в папке</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Открыть записи</translation>
    </message>
    <message>
        <source>Sound and video (%1)</source>
        <translation>Звук и видео (%1)</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>No sound output was found. Connect headphones or speakers and try again.</source>
        <translation>Не найдено, куда вывести звук. Подключите наушники или колонки и повторите.</translation>
    </message>
    <message>
        <source>This recording cannot be played. The log has the details.</source>
        <translation>Эту запись не удаётся воспроизвести. Подробности в журнале.</translation>
    </message>
    <message>
        <source>“%1” is no longer there. Put it back to listen to this meeting.</source>
        <translation>Файла «%1» больше нет на месте. Верните его, чтобы слушать эту встречу.</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>%1: heard</source>
        <translation>%1: со звуком</translation>
    </message>
    <message>
        <source>%1: muted</source>
        <translation>%1: без звука</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>Назад на 5 секунд</translation>
    </message>
    <message>
        <source>Forward 5 seconds</source>
        <translation>Вперёд на 5 секунд</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Я</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Остальные</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Воспроизвести</translation>
    </message>
    <message>
        <source>Position and length</source>
        <translation>Место и длительность</translation>
    </message>
    <message>
        <source>Preparing the sound…</source>
        <translation>Подготовка звука…</translation>
    </message>
    <message>
        <source>Scroll the text along</source>
        <translation>Прокручивать текст вслед за звуком</translation>
    </message>
    <message>
        <source>Speed: %1</source>
        <translation>Скорость: %1</translation>
    </message>
    <message>
        <source>Track %1</source>
        <translation>Дорожка %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Громкость</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message numerus="yes">
        <source>%n are being worked on and are kept; stop the work first.</source>
        <translation>
            <numerusform>%n ещё в работе и не удалена; сначала остановите работу.</numerusform>
            <numerusform>%n ещё в работе и не удалены; сначала остановите работу.</numerusform>
            <numerusform>%n ещё в работе и не удалены; сначала остановите работу.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) are deleted.</source>
        <translation>
            <numerusform>Удалена %n встреча.</numerusform>
            <numerusform>Удалены %n встречи.</numerusform>
            <numerusform>Удалено %n встреч.</numerusform>
        </translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Резервные копии</translation>
    </message>
    <message>
        <source>Copies of the library, made automatically</source>
        <translation>Копии библиотеки, создаются автоматически</translation>
    </message>
    <message>
        <source>Decoded sound</source>
        <translation>Декодированный звук</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n meeting(s)?</source>
        <translation>
            <numerusform>Удалить %n встречу?</numerusform>
            <numerusform>Удалить %n встречи?</numerusform>
            <numerusform>Удалить %n встреч?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>Удалить всё</translation>
    </message>
    <message>
        <source>Delete all meetings…</source>
        <translation>Удалить все встречи…</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>Удаление всех встреч</translation>
    </message>
    <message>
        <source>Deletes all meetings for ever. Settings, glossary and models stay.</source>
        <translation>Все встречи удаляются навсегда. Настройки, словарь и модели остаются.</translation>
    </message>
    <message>
        <source>Deleting: %1 of %2</source>
        <translation>Удаление: %1 из %2</translation>
    </message>
    <message>
        <source>Downloaded and imported, nothing of yours</source>
        <translation>Загруженные и импортированные; ничего вашего в них нет</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Makes work quicker; it is made again when needed</source>
        <translation>Ускоряет работу; при необходимости создаётся заново</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Встречи</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Not all could be deleted. The log has the details.</source>
        <translation>Не всё удалось удалить. Подробности в журнале.</translation>
    </message>
    <message>
        <source>Nothing of your meetings: sound, text and voices stay here, and nobody is told how you use the program. It asks the network for one thing only: a model that you choose to download, from your company&apos;s mirror or the Hugging Face hub.</source>
        <translation>Из ваших встреч — ничего: звук, текст и голоса остаются здесь, и никто не узнаёт, как вы пользуетесь программой. Из сети она берёт только одно: модель, которую вы решили загрузить, с зеркала вашей компании или с хаба Hugging Face.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>Open folder: %1</source>
        <translation>Открыть папку: %1</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Приватность</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Texts, speakers and the program&apos;s own recordings are deleted for ever, from the backups as well. Files that you opened stay where they are.</source>
        <translation>Тексты, участники и записи, сделанные программой, удаляются навсегда, в том числе из резервных копий. Файлы, которые вы открывали, остаются на месте.</translation>
    </message>
    <message>
        <source>Texts, speakers, your corrections and the glossary</source>
        <translation>Тексты, участники, ваши правки и словарь</translation>
    </message>
    <message>
        <source>There are no meetings.</source>
        <translation>Встреч нет.</translation>
    </message>
    <message>
        <source>These files may still hold words of them: %1</source>
        <translation>Слова из них могли остаться в этих файлах: %1</translation>
    </message>
    <message>
        <source>What is kept on this computer</source>
        <translation>Что хранится на этом компьютере</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>Что покидает этот компьютер</translation>
    </message>
    <message>
        <source>What the program did, for when something fails</source>
        <translation>Что делала программа, на случай сбоя</translation>
    </message>
    <message>
        <source>What the program recorded, and a copy of each transcript</source>
        <translation>Записи, сделанные программой, и копия каждой расшифровки</translation>
    </message>
    <message>
        <source>What you chose here</source>
        <translation>То, что вы выбрали здесь</translation>
    </message>
    <message>
        <source>delete</source>
        <comment>to be typed</comment>
        <translation>удалить</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>%1 File</source>
        <translation>Файл %1</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Диск</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Ярлык</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Папка:</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Компьютер</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Тип файлов:</translation>
    </message>
</context>
<context>
    <name>QueueDelegate</name>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Убрать из списка</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>On hold</source>
        <translation>Отложено</translation>
    </message>
    <message>
        <source>Putting together</source>
        <translation>Сборка расшифровки</translation>
    </message>
    <message>
        <source>Reading sound</source>
        <translation>Чтение звука</translation>
    </message>
    <message>
        <source>Recognising speech</source>
        <translation>Распознавание речи</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Something went wrong. The log has the details.</source>
        <translation>Что-то пошло не так. Подробности в журнале.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Telling speakers apart</source>
        <translation>Различение участников</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждёт</translation>
    </message>
    <message>
        <source>Waiting: the queue is paused</source>
        <translation>Ждёт: очередь на паузе</translation>
    </message>
    <message>
        <source>Writing minutes</source>
        <translation>Составление протокола</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>осталось около %1</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>осталось меньше минуты</translation>
    </message>
</context>
<context>
    <name>QueueRunner</name>
    <message numerus="yes">
        <source>%n file(s) could not be opened.</source>
        <translation>
            <numerusform>Не удалось открыть %n файл.</numerusform>
            <numerusform>Не удалось открыть %n файла.</numerusform>
            <numerusform>Не удалось открыть %n файлов.</numerusform>
        </translation>
    </message>
    <message>
        <source>The engine had to be restarted. It goes on with smaller steps.</source>
        <translation>Движок пришлось перезапустить. Работа продолжается меньшими шагами.</translation>
    </message>
    <message>
        <source>The engine had to be restarted. It goes on with the processor.</source>
        <translation>Движок пришлось перезапустить. Работа продолжается на процессоре.</translation>
    </message>
    <message>
        <source>The file is damaged or cut off: what can be read is transcribed.</source>
        <translation>Файл повреждён или обрывается: расшифровано будет то, что читается.</translation>
    </message>
    <message>
        <source>The first: %1</source>
        <translation>Первый: %1</translation>
    </message>
</context>
<context>
    <name>QueueStrip</name>
    <message numerus="yes">
        <source>%n recording(s) on hold</source>
        <translation>
            <numerusform>Отложена %n запись</numerusform>
            <numerusform>Отложены %n записи</numerusform>
            <numerusform>Отложено %n записей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) waiting</source>
        <translation>
            <numerusform>Ждёт %n запись</numerusform>
            <numerusform>Ждут %n записи</numerusform>
            <numerusform>Ждут %n записей</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>The queue is paused</source>
        <translation>Очередь на паузе</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Переместить ниже</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Переместить выше</translation>
    </message>
    <message>
        <source>Nothing in the queue</source>
        <translation>Очередь пуста</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Приостановить всё</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Recordings that you open wait here for their turn.</source>
        <translation>Открытые записи ждут здесь своей очереди.</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Убрать из списка</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>An hour of talk takes about %1.</source>
        <translation>Час разговора — примерно %1.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>Do not show this again</source>
        <translation>Больше не показывать</translation>
    </message>
    <message>
        <source>Download (%1)</source>
        <translation>Загрузить (%1)</translation>
    </message>
    <message>
        <source>Downloading the model %1: %2 %</source>
        <translation>Загружается модель %1: %2 %</translation>
    </message>
    <message>
        <source>Import or choose another</source>
        <translation>Импортировать или выбрать другую</translation>
    </message>
    <message>
        <source>No NVIDIA graphics card here: speech becomes text on the processor, which takes longer.</source>
        <translation>Видеокарты NVIDIA здесь нет: речь превращается в текст на процессоре, это дольше.</translation>
    </message>
    <message>
        <source>The model %1 is not on this computer: recordings wait for it.</source>
        <translation>Модели %1 нет на этом компьютере: записи ждут её.</translation>
    </message>
</context>
<context>
    <name>RecordBar</name>
    <message>
        <source>Do not remind me</source>
        <translation>Не напоминать</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Метка</translation>
    </message>
    <message>
        <source>Note at %1</source>
        <translation>Заметка к %1</translation>
    </message>
    <message>
        <source>Note for the mark</source>
        <translation>Заметка к метке</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохранение…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Запуск…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Tell everybody that you record: in many places they have to agree.</source>
        <translation>Скажите всем, что идёт запись: во многих странах нужно их согласие.</translation>
    </message>
    <message>
        <source>room for %1</source>
        <translation>места на %1</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
</context>
<context>
    <name>RecordingPage</name>
    <message>
        <source>%1 (not connected)</source>
        <translation>%1 (не подключено)</translation>
    </message>
    <message>
        <source>&amp;Microphone</source>
        <translation>&amp;Микрофон</translation>
    </message>
    <message>
        <source>&amp;Remind me to ask the others</source>
        <translation>&amp;Напоминать, что нужно спросить участников</translation>
    </message>
    <message>
        <source>&amp;What is recorded</source>
        <translation>&amp;Что записывать</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>In a call your microphone is you, and the others are told apart by voice.</source>
        <translation>В звонке ваш микрофон — это вы, остальных различаем по голосам.</translation>
    </message>
    <message>
        <source>In many places everybody has to agree to that.</source>
        <translation>Во многих странах на запись нужно согласие всех.</translation>
    </message>
    <message>
        <source>Is everybody heard?</source>
        <translation>Всех ли слышно?</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Say something, and play a sound: both bars have to move. Nothing is kept.</source>
        <translation>Скажите что-нибудь и включите звук: должны двигаться обе полоски. Ничего не сохраняется.</translation>
    </message>
    <message>
        <source>The &amp;other side</source>
        <translation>&amp;Собеседники</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Собеседники</translation>
    </message>
    <message>
        <source>The sound that comes from this output is what the others say.</source>
        <translation>То, что звучит на этом выходе, — это речь собеседников.</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>Что записывать</translation>
    </message>
</context>
<context>
    <name>RecordingPanel</name>
    <message>
        <source>%1 kHz</source>
        <translation>%1&#xa0;кГц</translation>
    </message>
    <message>
        <source>%1, %2 times as fast as it was spoken</source>
        <translation>%1, в %2× быстрее речи</translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n канал</numerusform>
            <numerusform>%n канала</numerusform>
            <numerusform>%n каналов</numerusform>
        </translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>It is no longer where it was. Put it back to listen to it.</source>
        <translation>Его больше нет на месте. Верните его, чтобы слушать.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Длительность</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Putting text and speakers together</source>
        <translation>Распределение текста по участникам</translation>
    </message>
    <message>
        <source>Reading the sound</source>
        <translation>Чтение звука</translation>
    </message>
    <message>
        <source>Recognising speech</source>
        <translation>Распознавание речи</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Звук</translation>
    </message>
    <message>
        <source>Telling the speakers apart</source>
        <translation>Различение участников</translation>
    </message>
    <message>
        <source>The file is damaged or cut off. What can be read was transcribed.</source>
        <translation>Файл повреждён или обрывается. Расшифровано то, что читается.</translation>
    </message>
    <message>
        <source>Writing the minutes</source>
        <translation>Составление протокола</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>в работе</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>ошибка</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>меньше секунды</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>моно</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>стерео</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>остановлено</translation>
    </message>
    <message>
        <source>two sides, one in each channel</source>
        <translation>две стороны, каждая в своём канале</translation>
    </message>
</context>
<context>
    <name>RecordingVerbs</name>
    <message numerus="yes">
        <source>%n recording(s) that broke off are restored: %1.</source>
        <translation>
            <numerusform>Восстановлена %n прерванная запись: %1.</numerusform>
            <numerusform>Восстановлены %n прерванные записи: %1.</numerusform>
            <numerusform>Восстановлено %n прерванных записей: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Open the program again to see it, or stop it first.</source>
        <translation>Чтобы увидеть запись, откройте программу снова. Или сначала остановите её.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>The recording goes on without the window</source>
        <translation>Запись продолжится без окна</translation>
    </message>
    <message>
        <source>The recording is saved. It is being transcribed now.</source>
        <translation>Запись сохранена. Сейчас она превращается в текст.</translation>
    </message>
    <message>
        <source>Voicerec records: %1</source>
        <translation>Voicerec записывает: %1</translation>
    </message>
</context>
<context>
    <name>ResultsList</name>
    <message>
        <source>Search results</source>
        <translation>Результаты поиска</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Search all meetings</source>
        <translation>Поиск по всем встречам</translation>
    </message>
</context>
<context>
    <name>SegmentEditor</name>
    <message>
        <source>&amp;%1  %2</source>
        <translation>&amp;%1  %2</translation>
    </message>
    <message>
        <source>&amp;%1  New speaker</source>
        <translation>&amp;%1  Новый участник</translation>
    </message>
    <message>
        <source>Assign selected words to</source>
        <translation>Выделенные слова говорит</translation>
    </message>
    <message>
        <source>Enter saves, Escape cancels, Ctrl+Enter splits at the cursor</source>
        <translation>Enter сохраняет, Escape отменяет, Ctrl+Enter делит в месте курсора</translation>
    </message>
    <message>
        <source>Split at the cursor</source>
        <translation>Разделить в месте курсора</translation>
    </message>
    <message>
        <source>Text of the passage</source>
        <translation>Текст фрагмента</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Something went wrong. The log has the details.</source>
        <translation>Что-то пошло не так. Подробности в журнале.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>Словарь</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Протокол</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Разделы настроек</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Приватность</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>Расшифровка</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>No action is called that.</source>
        <translation>Такого действия нет.</translation>
    </message>
    <message>
        <source>Search actions or keys</source>
        <translation>Поиск действий или клавиш</translation>
    </message>
</context>
<context>
    <name>SoundCheck</name>
    <message>
        <source>&amp;Listen for three seconds</source>
        <translation>&amp;Слушать три секунды</translation>
    </message>
    <message>
        <source>&amp;Play a test sound</source>
        <translation>&amp;Включить пробный звук</translation>
    </message>
    <message>
        <source>Both sides are heard.</source>
        <translation>Слышно обе стороны.</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Слушаем…</translation>
    </message>
    <message>
        <source>Nothing came from the microphone. Is it muted, or is another one in use?</source>
        <translation>С микрофона ничего не пришло. Возможно, он выключен или используется другой?</translation>
    </message>
    <message>
        <source>Nothing came from the other side. Play a sound while this listens; if the bar does not move, choose the output that you hear it from.</source>
        <translation>От собеседников ничего не пришло. Включите звук, пока идёт проверка; если полоска не движется, выберите выход, на котором вы его слышите.</translation>
    </message>
</context>
<context>
    <name>SpeakerCard</name>
    <message>
        <source>%1%</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>%1: click to change the name</source>
        <translation>%1: нажмите, чтобы изменить имя</translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n&#xa0;реплика</numerusform>
            <numerusform>%n&#xa0;реплики</numerusform>
            <numerusform>%n&#xa0;реплик</numerusform>
        </translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Colour of %1</source>
        <translation>Цвет: %1</translation>
    </message>
    <message>
        <source>Hear %1</source>
        <translation>Послушать: %1</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Объединить с</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Действия: %1</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>Имя: %1</translation>
    </message>
    <message>
        <source>Play a sample</source>
        <translation>Послушать голос</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
</context>
<context>
    <name>SpeakersPanel</name>
    <message>
        <source>No meeting is open</source>
        <translation>Встреча не открыта</translation>
    </message>
    <message>
        <source>No speakers</source>
        <translation>Участников нет</translation>
    </message>
    <message>
        <source>No speakers were told apart in this meeting.</source>
        <translation>В этой встрече участники не различены.</translation>
    </message>
    <message>
        <source>No speakers yet</source>
        <translation>Участников пока нет</translation>
    </message>
    <message>
        <source>They appear here as soon as they have been told apart.</source>
        <translation>Они появятся здесь, как только программа их различит.</translation>
    </message>
</context>
<context>
    <name>TokenField</name>
    <message>
        <source>A token is kept; type to replace it</source>
        <translation>Токен сохранён; введите другой, чтобы заменить</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation>Удалить токен</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>Сохранить в файле</translation>
    </message>
    <message>
        <source>Keep the token</source>
        <translation>Сохранить токен</translation>
    </message>
    <message>
        <source>Keep the token in a file?</source>
        <translation>Сохранить токен в файле?</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Подробности в журнале.</translation>
    </message>
    <message>
        <source>The token is forgotten.</source>
        <translation>Токен удалён.</translation>
    </message>
    <message>
        <source>The token is kept.</source>
        <translation>Токен сохранён.</translation>
    </message>
    <message>
        <source>The token was not kept.</source>
        <translation>Токен не сохранён.</translation>
    </message>
    <message>
        <source>This computer has no keyring for secrets. The token would lie unencrypted in a file that only your user can read.</source>
        <translation>На этом компьютере нет хранилища паролей. Токен будет лежать незашифрованным в файле, который может читать только ваш пользователь.</translation>
    </message>
</context>
<context>
    <name>TrackMeter</name>
    <message>
        <source>Level: %1</source>
        <translation>Уровень: %1</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Собеседники</translation>
    </message>
</context>
<context>
    <name>TranscriptDelegate</name>
    <message>
        <source>Corrected by you</source>
        <translation>Исправлено вами</translation>
    </message>
    <message>
        <source>Doubtful: nobody may have said this</source>
        <translation>Сомнительно: возможно, этого никто не говорил</translation>
    </message>
    <message>
        <source>Heard as: %1</source>
        <translation>Услышано как: %1</translation>
    </message>
    <message>
        <source>Nobody said this: leave it out of search and exports</source>
        <translation>Этого никто не говорил: убрать из поиска и экспорта</translation>
    </message>
    <message>
        <source>Several people speak at once</source>
        <translation>Говорят сразу несколько человек</translation>
    </message>
    <message>
        <source>Somebody said this: keep it</source>
        <translation>Это сказали: оставить</translation>
    </message>
    <message>
        <source>You marked this as said by nobody</source>
        <translation>Вы отметили, что этого никто не говорил</translation>
    </message>
</context>
<context>
    <name>TranscriptEdits</name>
    <message>
        <source>Also add to the glossary</source>
        <translation>Добавить и в словарь</translation>
    </message>
    <message>
        <source>Click the word that begins the new passage, then split.</source>
        <translation>Щёлкните слово, с которого начнётся новый фрагмент, и разделите.</translation>
    </message>
    <message>
        <source>Nothing selected is doubtful.</source>
        <translation>Среди выбранного нет сомнительного.</translation>
    </message>
    <message>
        <source>Only passages that follow each other in one track can be joined.</source>
        <translation>Соединить можно только соседние фрагменты одной дорожки.</translation>
    </message>
    <message>
        <source>“%1” is now “%2”.</source>
        <translation>«%1» заменено на «%2».</translation>
    </message>
</context>
<context>
    <name>TranscriptLayout</name>
    <message>
        <source>Dismiss</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Убрано</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Сомнительно</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Слушать</translation>
    </message>
</context>
<context>
    <name>TranscriptMenu</name>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Correct text</source>
        <translation>Исправить текст</translation>
    </message>
    <message>
        <source>Dismiss: nobody said this</source>
        <translation>Убрать: этого никто не говорил</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Соединить</translation>
    </message>
    <message>
        <source>Join with next</source>
        <translation>Соединить со следующим</translation>
    </message>
    <message>
        <source>Keep: somebody said this</source>
        <translation>Оставить: это сказали</translation>
    </message>
    <message>
        <source>New speaker %1</source>
        <translation>Новый участник %1</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Слушать отсюда</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>Кто говорит</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>Разделить здесь</translation>
    </message>
</context>
<context>
    <name>TranscriptModel</name>
    <message>
        <source>dismissed</source>
        <translation>убрано</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>сомнительно</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>исправлено</translation>
    </message>
    <message>
        <source>several people speak</source>
        <translation>говорят несколько человек</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message numerus="yes">
        <source>%n dismissed passage(s) hidden. Show</source>
        <translation>
            <numerusform>Убран %n фрагмент. Показать</numerusform>
            <numerusform>Убрано %n фрагмента. Показать</numerusform>
            <numerusform>Убрано %n фрагментов. Показать</numerusform>
        </translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Следить</translation>
    </message>
    <message>
        <source>Follow what is played</source>
        <translation>Следить за воспроизведением</translation>
    </message>
    <message numerus="yes">
        <source>Hide %n dismissed passage(s)</source>
        <translation>
            <numerusform>Скрыть %n убранный фрагмент</numerusform>
            <numerusform>Скрыть %n убранных фрагмента</numerusform>
            <numerusform>Скрыть %n убранных фрагментов</numerusform>
        </translation>
    </message>
    <message>
        <source>No speech was found in this recording.</source>
        <translation>В этой записи не нашлось речи.</translation>
    </message>
    <message>
        <source>Scroll along with what is played</source>
        <translation>Прокручивать вслед за звуком</translation>
    </message>
    <message>
        <source>The text appears here as it is recognised.</source>
        <translation>Текст появится здесь по мере распознавания.</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Расшифровка</translation>
    </message>
</context>
<context>
    <name>TranscriptionPage</name>
    <message>
        <source>&amp;Language of speech</source>
        <translation>&amp;Язык речи</translation>
    </message>
    <message>
        <source>&amp;Speech model</source>
        <translation>&amp;Модель речи</translation>
    </message>
    <message>
        <source>&amp;Token of the hub</source>
        <translation>&amp;Токен хаба</translation>
    </message>
    <message>
        <source>A web folder of your company from which models are downloaded. Leave it empty for the Hugging Face hub.</source>
        <translation>Веб-папка вашей компании, откуда загружаются модели. Оставьте пустым, чтобы загружать с хаба Hugging Face.</translation>
    </message>
    <message>
        <source>Archive with a model</source>
        <translation>Архив с моделью</translation>
    </message>
    <message>
        <source>Company &amp;mirror</source>
        <translation>&amp;Зеркало компании</translation>
    </message>
    <message>
        <source>Detect automatically</source>
        <translation>Определять автоматически</translation>
    </message>
    <message>
        <source>Folder with a model</source>
        <translation>Папка с моделью</translation>
    </message>
    <message>
        <source>For models whose licence you accepted on the hub. It is sent to the hub only, and kept in this computer&apos;s keyring.</source>
        <translation>Для моделей, лицензию которых вы приняли на хабе. Он отправляется только на хаб и лежит в хранилище паролей этого компьютера.</translation>
    </message>
    <message>
        <source>Import archive…</source>
        <translation>Импорт архива…</translation>
    </message>
    <message>
        <source>Import folder…</source>
        <translation>Импорт папки…</translation>
    </message>
    <message>
        <source>Larger models make fewer mistakes and take longer. All run on this computer.</source>
        <translation>Большие модели ошибаются реже, но работают дольше. Все они работают на этом компьютере.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Naming it avoids mistakes when a meeting begins with another language.</source>
        <translation>Укажите язык, чтобы не было ошибок, если встреча начинается на другом.</translation>
    </message>
    <message>
        <source>S&amp;peaker model</source>
        <translation>Модель &amp;участников</translation>
    </message>
    <message>
        <source>Tells who speaks when.</source>
        <translation>Определяет, кто когда говорит.</translation>
    </message>
    <message>
        <source>The import failed. The log has the details.</source>
        <translation>Импорт не удался. Подробности в журнале.</translation>
    </message>
    <message>
        <source>The model %1 is here. Choose it above.</source>
        <translation>Модель %1 готова. Выберите её выше.</translation>
    </message>
    <message>
        <source>The model is being copied and checked…</source>
        <translation>Модель копируется и проверяется…</translation>
    </message>
    <message>
        <source>This is not a web address. It should look like https://host/folder</source>
        <translation>Это не веб-адрес. Он должен выглядеть так: https://host/folder</translation>
    </message>
    <message>
        <source>This model is not on this computer: download it below, or choose another.</source>
        <translation>Этой модели нет на компьютере: загрузите её ниже или выберите другую.</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>Расшифровка</translation>
    </message>
    <message>
        <source>Turns speech into text.</source>
        <translation>Превращает речь в текст.</translation>
    </message>
    <message>
        <source>Zip archives (*.zip)</source>
        <translation>Архивы zip (*.zip)</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>Показать окно</translation>
    </message>
</context>
<context>
    <name>TypedConfirmation</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Type “%1” to go on:</source>
        <translation>Чтобы продолжить, введите «%1»:</translation>
    </message>
</context>
<context>
    <name>Waveform</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Part of the recording that is shown</source>
        <translation>Показанная часть записи</translation>
    </message>
    <message>
        <source>Position in the recording</source>
        <translation>Место в записи</translation>
    </message>
</context>
<context>
    <name>WorkNews</name>
    <message numerus="yes">
        <source>%n recording(s) are in the queue.</source>
        <translation>
            <numerusform>%n запись добавлена в очередь.</numerusform>
            <numerusform>%n записи добавлены в очередь.</numerusform>
            <numerusform>%n записей добавлены в очередь.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>“%1” is ready.</source>
        <translation>Встреча «%1» готова.</translation>
    </message>
</context>
<context>
    <name>confirm</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1&#xa0;ч %2&#xa0;мин</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;мин</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;с</translation>
    </message>
</context>
<context>
    <name>exporting</name>
    <message>
        <source>Saved to %1</source>
        <translation>Сохранено: %1</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>The text is on the clipboard.</source>
        <translation>Текст скопирован.</translation>
    </message>
</context>
<context>
    <name>languages</name>
    <message>
        <source>Afrikaans</source>
        <translation>Африкаанс</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Арабский</translation>
    </message>
    <message>
        <source>Armenian</source>
        <translation>Армянский</translation>
    </message>
    <message>
        <source>Azerbaijani</source>
        <translation>Азербайджанский</translation>
    </message>
    <message>
        <source>Bashkir</source>
        <translation>Башкирский</translation>
    </message>
    <message>
        <source>Belarusian</source>
        <translation>Белорусский</translation>
    </message>
    <message>
        <source>Bosnian</source>
        <translation>Боснийский</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>Болгарский</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Каталанский</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Китайский</translation>
    </message>
    <message>
        <source>Croatian</source>
        <translation>Хорватский</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Чешский</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Датский</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Нидерландский</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Английский</translation>
    </message>
    <message>
        <source>Estonian</source>
        <translation>Эстонский</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Финский</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Французский</translation>
    </message>
    <message>
        <source>Galician</source>
        <translation>Галисийский</translation>
    </message>
    <message>
        <source>Georgian</source>
        <translation>Грузинский</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Немецкий</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Греческий</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Иврит</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Хинди</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Венгерский</translation>
    </message>
    <message>
        <source>Icelandic</source>
        <translation>Исландский</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Индонезийский</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Итальянский</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Японский</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>Казахский</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Корейский</translation>
    </message>
    <message>
        <source>Latvian</source>
        <translation>Латышский</translation>
    </message>
    <message>
        <source>Lithuanian</source>
        <translation>Литовский</translation>
    </message>
    <message>
        <source>Macedonian</source>
        <translation>Македонский</translation>
    </message>
    <message>
        <source>Malay</source>
        <translation>Малайский</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>Монгольский</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Норвежский</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>Персидский</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Польский</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Португальский</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Румынский</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Русский</translation>
    </message>
    <message>
        <source>Serbian</source>
        <translation>Сербский</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>Словацкий</translation>
    </message>
    <message>
        <source>Slovenian</source>
        <translation>Словенский</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Испанский</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Шведский</translation>
    </message>
    <message>
        <source>Tagalog</source>
        <translation>Тагальский</translation>
    </message>
    <message>
        <source>Tajik</source>
        <translation>Таджикский</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>Тамильский</translation>
    </message>
    <message>
        <source>Tatar</source>
        <translation>Татарский</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Тайский</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Турецкий</translation>
    </message>
    <message>
        <source>Turkmen</source>
        <translation>Туркменский</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Украинский</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>Урду</translation>
    </message>
    <message>
        <source>Uzbek</source>
        <translation>Узбекский</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Вьетнамский</translation>
    </message>
    <message>
        <source>Welsh</source>
        <translation>Валлийский</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>A model that you imported.</source>
        <translation>Модель, которую вы импортировали.</translation>
    </message>
    <message>
        <source>Built-in speaker model</source>
        <translation>Встроенная модель участников</translation>
    </message>
    <message>
        <source>Comes with the program. Fast everywhere, but gets many words wrong.</source>
        <translation>Входит в программу. Везде быстрая, но часто ошибается в словах.</translation>
    </message>
    <message>
        <source>Comes with the program. Tells speakers apart well, on any computer.</source>
        <translation>Входит в программу. Хорошо различает участников на любом компьютере.</translation>
    </message>
    <message>
        <source>For computers without a graphics card: fewer mistakes, still quick.</source>
        <translation>Для компьютеров без видеокарты: меньше ошибок, всё ещё быстро.</translation>
    </message>
    <message>
        <source>Good text; on a processor about as long as the talk itself.</source>
        <translation>Хороший текст; на процессоре — примерно столько же времени, сколько длится разговор.</translation>
    </message>
    <message>
        <source>Nearly the best text, several times faster. The first choice with a graphics card.</source>
        <translation>Текст почти лучший, а работает в несколько раз быстрее. Первый выбор, если есть видеокарта.</translation>
    </message>
    <message>
        <source>The best at telling speakers apart when people interrupt each other.</source>
        <translation>Лучше всех различает участников, когда люди перебивают друг друга.</translation>
    </message>
    <message>
        <source>The best text. It wants a graphics card with 6 GB or more.</source>
        <translation>Лучший текст. Нужна видеокарта с 6 ГБ памяти или больше.</translation>
    </message>
    <message>
        <source>The one before community-1, for results that compare with older ones.</source>
        <translation>Предшественница community-1: для сравнения со старыми результатами.</translation>
    </message>
    <message>
        <source>Very good text. Try it where large-v3 invents words in silence.</source>
        <translation>Очень хороший текст. Попробуйте, если large-v3 выдумывает слова в тишине.</translation>
    </message>
</context>
<context>
    <name>record</name>
    <message>
        <source>A call: my microphone and the other side</source>
        <translation>Звонок: мой микрофон и собеседники</translation>
    </message>
    <message>
        <source>A room: the microphone hears everybody</source>
        <translation>Комната: микрофон слышит всех</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Nothing comes from the output. It is being opened anew.</source>
        <translation>С выхода ничего не приходит. Открываем его заново.</translation>
    </message>
    <message>
        <source>Only what this computer plays</source>
        <translation>Только звук компьютера</translation>
    </message>
    <message>
        <source>Something plays on another output than the one that is recorded. Choose it under Recording, Devices.</source>
        <translation>Звук идёт на другой выход, не на тот, что записывается. Выберите нужный в меню «Запись», «Устройства».</translation>
    </message>
    <message>
        <source>The disk is almost full: there is room for less than 30 minutes.</source>
        <translation>Диск почти заполнен: места меньше чем на 30 минут.</translation>
    </message>
    <message>
        <source>The disk is full. What was recorded until now is being saved.</source>
        <translation>Диск заполнен. Сохраняем то, что уже записано.</translation>
    </message>
    <message>
        <source>The microphone gives no sound. It is being opened anew.</source>
        <translation>Микрофон не даёт звука. Открываем его заново.</translation>
    </message>
    <message>
        <source>The microphone is gone. Plug it in again, or choose another one; the recording goes on as soon as it is there.</source>
        <translation>Микрофон пропал. Подключите его снова или выберите другой; запись продолжится, как только он появится.</translation>
    </message>
    <message>
        <source>The microphone is silent. Is it muted on the headset or in the system&apos;s settings?</source>
        <translation>Микрофон молчит. Возможно, он выключен на гарнитуре или в настройках системы?</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Собеседники</translation>
    </message>
    <message>
        <source>The other side is too loud. Turn the call down a little.</source>
        <translation>Собеседники звучат слишком громко. Убавьте громкость звонка.</translation>
    </message>
    <message>
        <source>The output is gone. Choose another one; the other side is recorded again as soon as it is there.</source>
        <translation>Выход звука пропал. Выберите другой; запись собеседников продолжится, как только он появится.</translation>
    </message>
    <message>
        <source>You are too loud for the microphone. Turn it down in the system&apos;s settings.</source>
        <translation>Вы говорите слишком громко для микрофона. Убавьте его уровень в настройках системы.</translation>
    </message>
</context>
<context>
    <name>size</name>
    <message>
        <source>%1 B</source>
        <translation>%1&#xa0;Б</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1&#xa0;ГБ</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1&#xa0;КБ</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1&#xa0;МБ</translation>
    </message>
</context>
<context>
    <name>speakers</name>
    <message>
        <source>Blue</source>
        <translation>Синий</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Зелёный</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>Индиго</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Я</translation>
    </message>
    <message>
        <source>Mustard</source>
        <translation>Горчичный</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Оранжевый</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Сливовый</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Красный</translation>
    </message>
    <message>
        <source>Speaker %1</source>
        <translation>Спикер %1</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Бирюзовый</translation>
    </message>
</context>
</TS>

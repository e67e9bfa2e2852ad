<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DevicePage</name>
    <message numerus="yes">
        <source>Voicerec %1 on %2, %n processor(s).</source>
        <translation>
            <numerusform>Voicerec %1 on %2, %n processor.</numerusform>
            <numerusform>Voicerec %1 on %2, %n processors.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message numerus="yes">
        <source>%n meeting(s) came back from their own copies.</source>
        <translation>
            <numerusform>%n meeting came back from its own copy.</numerusform>
            <numerusform>%n meetings came back from their own copies.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GlossaryPage</name>
    <message numerus="yes">
        <source>%n row(s) of the glossary had mistakes and were not saved.</source>
        <translation>
            <numerusform>%n row of the glossary had mistakes and was not saved.</numerusform>
            <numerusform>%n rows of the glossary had mistakes and were not saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) with mistakes: not used until corrected.</source>
        <translation>
            <numerusform>%n row with mistakes: not used until corrected.</numerusform>
            <numerusform>%n rows with mistakes: not used until corrected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) imported.</source>
        <translation>
            <numerusform>%n term imported.</numerusform>
            <numerusform>%n terms imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) removed.</source>
        <translation>
            <numerusform>%n term removed.</numerusform>
            <numerusform>%n terms removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already.</source>
        <translation>
            <numerusform>%n was here already.</numerusform>
            <numerusform>%n were here already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message numerus="yes">
        <source>%n speaker(s)</source>
        <translation>
            <numerusform>%n speaker</numerusform>
            <numerusform>%n speakers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryView</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The best %n match(es)</source>
        <translation>
            <numerusform>The best %n match</numerusform>
            <numerusform>The best %n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeetingHeader</name>
    <message numerus="yes">
        <source>%n speaker(s)</source>
        <translation>
            <numerusform>%n speaker</numerusform>
            <numerusform>%n speakers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeetingList</name>
    <message numerus="yes">
        <source>Delete %n meeting(s)…</source>
        <translation>
            <numerusform>Delete %n meeting…</numerusform>
            <numerusform>Delete %n meetings…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeetingVerbs</name>
    <message numerus="yes">
        <source>Delete %n meeting(s)?</source>
        <translation>
            <numerusform>Delete %n meeting?</numerusform>
            <numerusform>Delete %n meetings?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message numerus="yes">
        <source>%n are being worked on and are kept; stop the work first.</source>
        <translation>
            <numerusform>%n is being worked on and is kept; stop the work first.</numerusform>
            <numerusform>%n are being worked on and are kept; stop the work first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) are deleted.</source>
        <translation>
            <numerusform>%n meeting was deleted.</numerusform>
            <numerusform>%n meetings were deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n meeting(s)?</source>
        <translation>
            <numerusform>Delete %n meeting?</numerusform>
            <numerusform>Delete %n meetings?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueRunner</name>
    <message numerus="yes">
        <source>%n file(s) could not be opened.</source>
        <translation>
            <numerusform>%n file could not be opened.</numerusform>
            <numerusform>%n files could not be opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueStrip</name>
    <message numerus="yes">
        <source>%n recording(s) on hold</source>
        <translation>
            <numerusform>%n recording on hold</numerusform>
            <numerusform>%n recordings on hold</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) waiting</source>
        <translation>
            <numerusform>%n recording waiting</numerusform>
            <numerusform>%n recordings waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordingPanel</name>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n channel</numerusform>
            <numerusform>%n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordingVerbs</name>
    <message numerus="yes">
        <source>%n recording(s) that broke off are restored: %1.</source>
        <translation>
            <numerusform>%n recording that broke off is restored: %1.</numerusform>
            <numerusform>%n recordings that broke off are restored: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpeakerCard</name>
    <message numerus="yes">
        <source>%n turn(s)</source>
        <translation>
            <numerusform>%n turn</numerusform>
            <numerusform>%n turns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message numerus="yes">
        <source>%n dismissed passage(s) hidden. Show</source>
        <translation>
            <numerusform>%n dismissed passage hidden. Show</numerusform>
            <numerusform>%n dismissed passages hidden. Show</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hide %n dismissed passage(s)</source>
        <translation>
            <numerusform>Hide %n dismissed passage</numerusform>
            <numerusform>Hide %n dismissed passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkNews</name>
    <message numerus="yes">
        <source>%n recording(s) are in the queue.</source>
        <translation>
            <numerusform>%n recording is in the queue.</numerusform>
            <numerusform>%n recordings are in the queue.</numerusform>
        </translation>
    </message>
</context>
</TS>

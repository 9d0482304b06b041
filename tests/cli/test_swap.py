from smaclab.cli.app import BAD_INPUT, main


def test_what_turns_a_type_is_said(capsys):
    assert main(["swap", "HCT 116", "--with", "EVSA-T", "--cells", "4", "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert "II becomes I by: TNF_competence" in said
    assert "SIMULATED" in said


def test_a_line_that_is_not_there_gets_a_letter(capsys):
    assert main(["swap", "HCT 116", "--with", "nobody"]) == BAD_INPUT
    assert "unknown cell line 'nobody'" in capsys.readouterr().err

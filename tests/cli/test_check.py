"""`smaclab check`."""

import json


def test_a_good_file_is_exit_code_0(smaclab, file):
    code, out, _ = smaclab("check", file)
    assert code == 0
    assert "no problem" in out


def test_problems_are_all_told_with_file_and_key(smaclab, file):
    file.write_text(file.read_text().replace("viability", "viabilty").replace('"EVSA-T"', '"EVSAT-9"'))
    code, out, err = smaclab("check", file)
    assert code == 2
    assert "Did you mean 'viability'" in err
    assert "[cell_line]" in err
    assert "2 problems" in out


def test_json_is_for_programs(smaclab, file):
    file.write_text(file.read_text().replace("viability", "viabilty"))
    code, out, err = smaclab("check", file, "--json")
    answer = json.loads(out)
    assert code == 2
    assert err == ""
    assert answer["ok"] is False
    assert set(answer["problems"][0]) == {"file", "key", "message"}

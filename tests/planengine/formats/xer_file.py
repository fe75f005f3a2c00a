"""A small XER file, put together by hand from the public description of the format."""

from __future__ import annotations

DAY = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
WEEK = "".join(f"(0||{day}()({DAY}))" for day in range(2, 7))
HOLIDAYS = (
    "(0||0(d|46115)())\x7f\x7f    (0||1(d|46116)())(0||2(d|46120)((0||0(s|08:00|f|12:00)())))"
)
OFFICE = (
    f"(0||CalendarData()(\x7f\x7f  (0||DaysOfWeek()(\x7f\x7f (0||1()()){WEEK}(0||7()())))"
    f"  (0||VIEW(ShowTotal|N)())  (0||Exceptions()({HOLIDAYS}))))"
)
ROUND = "(0||0(s|00:00|f|00:00)())"
ALWAYS = (
    "(0||CalendarData()((0||DaysOfWeek()("
    + "".join(f"(0||{day}()({ROUND}))" for day in range(1, 8))
    + "))(0||Exceptions()((0||0(d|46120)())))))"
)
TASK = (
    *("task_id", "proj_id", "wbs_id", "clndr_id", "phys_complete_pct", "complete_pct_type"),
    *("task_type", "duration_type", "status_code", "task_code", "task_name"),
    *("target_drtn_hr_cnt", "remain_drtn_hr_cnt", "cstr_type", "cstr_date", "cstr_type2"),
    *("cstr_date2", "act_start_date", "act_end_date", "early_start_date", "early_end_date"),
    "priority_type",
)


HEADER = "ERMHDR\t19.12\t2026-03-04\tProject\tadmin\tOla\tdbx\tProject Management\tNOK"


def table(name: str, columns: tuple[str, ...], *rows: tuple[object, ...]) -> str:
    """One table as the file writes it."""
    lines = [f"%T\t{name}", "\t".join(("%F", *columns))]
    lines += ["\t".join(("%R", *map(str, row))) for row in rows]
    return "\r\n".join(lines)


def task(number: int, wbs: int, code: str, hours: str, **more: object) -> tuple[object, ...]:
    """One row of TASK; everything else has its usual value."""
    usual: dict[str, object] = {
        "task_id": number,
        "proj_id": 100,
        "wbs_id": wbs,
        "clndr_id": 1,
        "task_type": "TT_Task",
        "duration_type": "DT_FixedDUR2",
        "status_code": "TK_NotStart",
        "task_code": code,
        "task_name": f"Aktivitet {code}",
        "target_drtn_hr_cnt": hours,
        "remain_drtn_hr_cnt": hours,
        "priority_type": "PT_Normal",
    }
    row = usual | more
    return tuple(row.get(name, "") for name in TASK)


TASKS = (
    task(
        1001,
        11,
        "A10",
        "40",
        status_code="TK_Active",
        act_start_date="2026-03-02 08:00",
        remain_drtn_hr_cnt="24,0",
        complete_pct_type="CP_Phys",
        phys_complete_pct="35",
        early_end_date="2026-03-06 17:00",
    ),
    task(1002, 11, "A20", "16", cstr_type="CS_MSOA", cstr_date="2026-03-16 08:00"),
    task(1003, 13, "A30", "48", clndr_id=2, task_type="TT_Rsrc", duration_type="DT_FixedQty"),
    task(
        1004,
        10,
        "M1",
        "0",
        task_type="TT_FinMile",
        cstr_type="CS_MEOB",
        cstr_date="2026-04-30 17:00",
        priority_type="PT_Top",
    ),
    task(1005, 11, "L1", "80", task_type="TT_LOE"),
    task(
        1006,
        11,
        "A05",
        "8",
        status_code="TK_Complete",
        act_start_date="2026-02-25 08:00",
        act_end_date="2026-02-25 17:00",
        remain_drtn_hr_cnt="0",
        cstr_type2="CS_MEOB",
        cstr_date2="2026-03-01 17:00",
    ),
)
TABLES = (
    table(
        "CURRTYPE",
        (
            *("curr_id", "decimal_digit_cnt", "curr_symbol", "decimal_symbol"),
            *("digit_group_symbol", "curr_type", "curr_short_name", "group_digit_cnt"),
        ),
        (1, 2, "kr", ",", ".", "Krone", "NOK", 3),
    ),
    table(
        "PROJECT",
        (
            *("proj_id", "proj_short_name", "clndr_id", "plan_start_date", "plan_end_date"),
            *("scd_end_date", "last_recalc_date", "critical_drtn_hr_cnt"),
        ),
        (100, "BRU", 1, "2026-03-02 08:00", "2026-05-01 17:00", "", "2026-03-04 17:00", "8"),
        (200, "ANNET", 1, "2026-03-02 08:00", "", "", "2026-03-04 17:00", "0"),
    ),
    table(
        "CALENDAR",
        (
            *("clndr_id", "default_flag", "clndr_name", "base_clndr_id", "day_hr_cnt"),
            *("week_hr_cnt", "month_hr_cnt", "clndr_data"),
        ),
        (1, "Y", "Kontor", "", "8", "40", "172", OFFICE),
        (2, "N", "Døgn", 1, "24", "168", "720", ALWAYS),
    ),
    table(
        "SCHEDOPTIONS",
        (
            *("schedoptions_id", "proj_id", "sched_calendar_on_relationship_lag"),
            *("sched_retained_logic", "sched_progress_override", "sched_open_critical_flag"),
        ),
        (1, 100, "rcal_Successor", "N", "Y", "Y"),
    ),
    table(
        "PROJWBS",
        (
            *("wbs_id", "proj_id", "seq_num", "proj_node_flag", "wbs_short_name"),
            *("wbs_name", "parent_wbs_id"),
        ),
        (10, 100, 1, "Y", "BRU", "Ny bru", 9),
        (12, 100, 2, "N", "2", "Bygging", 10),
        (11, 100, 1, "N", "1", "Prosjektering", 10),
        (13, 100, 1, "N", "2.1", "Fundament", 12),
        (14, 100, 3, "N", "3", "Tom del", 10),
    ),
    table(
        "RSRC",
        (
            *("rsrc_id", "clndr_id", "rsrc_name", "rsrc_short_name", "rsrc_type", "email_addr"),
            *("active_flag", "rsrc_notes"),
        ),
        (7, 2, "Gravemaskin", "GM", "RT_Equip", "", "Y", ""),
        (8, "", "Betong", "BET", "RT_Mat", "", "N", "m3"),
    ),
    table(
        "RSRCRATE",
        ("rsrc_rate_id", "rsrc_id", "max_qty_per_hr", "cost_per_qty", "start_date"),
        (1, 7, "2", "1450,5", "2026-01-01 00:00"),
        (2, 7, "3", "1500", "2026-06-01 00:00"),
    ),
    table("TASK", TASK, *TASKS),
    table(
        "TASKPRED",
        ("task_pred_id", "task_id", "pred_task_id", "pred_type", "lag_hr_cnt"),
        (1, 1002, 1001, "PR_FS", "16"),
        (2, 1003, 1002, "PR_SS", "-4.5"),
        (3, 1004, 1003, "PR_FF", ""),
        (4, 1004, 9999, "PR_FS", "0"),
        (5, 1004, 1003, "PR_FF", "8"),
    ),
    table(
        "TASKRSRC",
        (
            *("taskrsrc_id", "task_id", "proj_id", "rsrc_id", "role_id", "target_qty"),
            *("remain_qty", "act_reg_qty", "act_ot_qty", "target_qty_per_hr", "target_cost"),
            *("target_start_date", "target_end_date"),
        ),
        (
            *(31, 1003, 100, 7, "", "48", "40", "6", "2", "1", "69624"),
            *("2026-03-16 08:00", "2026-03-18 08:00"),
        ),
        (32, 1002, 100, "", 5, "16", "", "", "", "0.5", "", "", ""),
    ),
    table("TASKMEMO", ("memo_id",), (1,), (2,)),
)


def whole(*tables: str) -> str:
    """A file of these tables."""
    return "\r\n".join((HEADER, *tables, "%E", ""))


SOUND = whole(*TABLES)

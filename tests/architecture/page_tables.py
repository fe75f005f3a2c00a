"""Who sees which page, and who may change what: written by hand, tried by test_pages.py."""

ROLES = (
    "anonymous",
    "coordinator",
    "manager",
    "owner",
    "steering",
    "member",
    "guest",
    "portfolio_leader",
    "auditor",
    "administrator",
    "elsewhere",
    "deactivated",
)

NOT_SIGNED_IN = {"anonymous", "deactivated"}
SIGNED_IN = set(ROLES) - NOT_SIGNED_IN
INSIDE = {
    "coordinator",
    "manager",
    "owner",
    "steering",
    "member",
    "portfolio_leader",
    "auditor",
}
COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
ADMINISTRATOR, KEEPERS = {"administrator"}, {"administrator", "portfolio_leader"}
LEADING, PREPARING, PLANNING = {COO, MAN, OWN}, {COO, MAN}, {COO, MAN, MEM}
COLLEAGUES = SIGNED_IN - {"guest"}

PUBLIC = {
    "healthz",
    "readyz",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
# Who sees a page. Whoever is signed out must sign in; whoever sees the project but not the page
# gets 403; for everybody else it is not there (404).
SEEN_BY = {
    **dict.fromkeys(
        (
            "account",
            "account_set_password",
            "account_deputies",
            "account_tokens",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "usersessions_list",
            "inbox",
            "inbox_preferences",
            "projects",
            "portfolio",
            "home",
            "search",
            "help",
        ),
        SIGNED_IN,
    ),
    "new_project": COLLEAGUES,
    **dict.fromkeys(
        (
            "admin",
            "admin_invite",
            "admin_person",
            "admin_change_person",
            "admin_change_email",
            "admin_give_role",
            "admin_deactivate",
            "admin_organisation",
        ),
        ADMINISTRATOR,
    ),
    "admin_audit": {"administrator", "auditor"},
    **dict.fromkeys(
        (
            "packs",
            "upload_pack",
            "pack",
            "download_pack",
            "copy_pack",
            "replace_pack",
            "edit_pack_item",
            "add_pack_item",
        ),
        KEEPERS,
    ),
    **dict.fromkeys(
        (
            "overview",
            "goals",
            "team",
            "settings",
            "history",
            "changes",
            "documents",
            "templates",
            "template",
            "tasks",
            "action",
            "decisions",
            "decision_log",
            "decision",
            "authority",
            "gates",
            "gate",
            "case",
            "plan",
            "milestones",
            "plan_revisions",
            "plan_task",
            "reports",
            "status_pdf",
        ),
        INSIDE,
    ),
    **dict.fromkeys(
        ("new_goal", "edit_goal", "new_success", "edit_success", "appoint", "set_term"), LEADING
    ),
    **dict.fromkeys(("edit_dates", "edit_tolerance"), LEADING),
    **dict.fromkeys(("assess_success", "edit_information", "edit_modules"), PREPARING),
    **dict.fromkeys(("new_task", "quick_task", "edit_task", "remove_task"), PLANNING),
    # These show their form to everybody inside; the change itself is refused (CHANGES below).
    **dict.fromkeys(
        (
            "new_action",
            "edit_action",
            "hand_over_action",
            "drop_action",
            "new_case",
            "record_decision",
            "authority_rule",
            "prepare_gate",
            "settle_criterion",
            "edit_case",
            "remark",
            "return_case",
            "decide",
            "freeze_plan",
            "plan_import",
            "import_report",
            "report_progress",
        ),
        INSIDE,
    ),
}
# What a signed-in person gets, whoever she is.
ALIKE = {
    "api": 200,
    "account_login": 302,
    "account_logout": 200,
    "account_change_password": 302,
    "account_reauthenticate": 403,
    "mfa_authenticate": 302,
    "mfa_reauthenticate": 403,
    "mfa_reauthenticate_webauthn": 403,
    "mfa_login_webauthn": 302,
    "mfa_deactivate_totp": 404,
    "mfa_view_recovery_codes": 404,
    "mfa_download_recovery_codes": 404,
    "mfa_remove_webauthn": 404,
    "mfa_edit_webauthn": 404,
    "job_progress": 404,
    "edit_pack": 404,
}
# What whoever is signed out gets there, when it is not the way to the sign-in page.
SIGNED_OUT = {"api": 401, "account_login": 200, "account_logout": 302}
OUTSIDE_DEMO = {"ui:styleguide", "ui:sample_dialog", "demo_sign_in"}
OTHERWISE = {
    "attachment": "a file: tests/documents",
    "inbox_notice": "somebody's own: tests/notifications",
    "start_plan": "goes on to the plan when there is one",
}
OWN_AFFAIRS = {
    "set_language": "a choice of one's own",
    "set_theme": "a choice of one's own",
    "save_view": "a choice of one's own",
    "inbox_mark": "one's own notice: tests/notifications",
    "inbox_mark_all": "one's own notices: tests/notifications",
    "hide_first_steps": "a choice of one's own",
    "account_end_deputy": "one's own: tests/people",
    "account_revoke_token": "one's own: tests/people",
    "undo": "tests/foundation",
}
DAY = "12.12.2027"
# Who may make the change, or propose it, and what a form that is filled in sends.
CHANGES = {
    "new_goal": (LEADING, {"level": "output", "text": "Klart"}),
    "edit_goal": (LEADING, {"level": "output", "text": "Klart"}),
    "remove_goal": (LEADING, {}),
    "new_success": (LEADING, {"text": "Ferdig i tide", "target": "1"}),
    "edit_success": (LEADING, {"text": "Ferdig i tide", "target": "1"}),
    "remove_success": (LEADING, {}),
    "assess_success": (PREPARING, {"state": "met", "assessment": "Ja"}),
    "appoint": (LEADING, {"role": "member"}),
    "set_term": (LEADING, {}),
    "release": (LEADING, {}),
    "edit_information": (PREPARING, {"name": "Nytt navn"}),
    "edit_dates": (LEADING, {"start": DAY, "finish": DAY}),
    "edit_modules": (PREPARING, {}),
    "edit_tolerance": (LEADING, {"limit": "3"}),
    "accept_founding": ({OWN}, {}),
    "new_action": (
        {COO, MAN, OWN, STE, MEM},
        {"title": "Ringe", "due_on": DAY, "priority": "normal"},
    ),
    "edit_action": (PLANNING, {"title": "Ringe", "due_on": DAY, "priority": "normal"}),
    "hand_over_action": (PLANNING, {"owner": "PERSON"}),
    "drop_action": (PLANNING, {"reason": "Trengs ikke"}),
    "complete_action": (PLANNING, {}),
    "reopen_action": (PLANNING, {}),
    "action_toggle": (PLANNING, {}),
    "new_case": ({COO, MAN, OWN, MEM}, {"title": "Utsette"}),
    "edit_case": ({COO, MAN, OWN, MEM}, {"title": "Utsette"}),
    "submit_case": ({COO, MAN, OWN, MEM}, {}),
    "withdraw_case": ({COO, MAN, OWN, MEM}, {}),
    "remark": ({COO, MAN, OWN, STE, MEM}, {"text": "Enig"}),
    "return_case": ({COO, MAN, OWN, STE}, {"question": "Hvorfor?"}),
    "decide": ({COO, MAN, OWN, STE}, {"alternative": "A"}),
    "record_decision": ({COO, MAN, OWN, STE}, {"title": "Ja", "decided_on": "01.06.2026"}),
    "authority_rule": (LEADING, {"limit": "3", "deciders": ["member"]}),
    "prepare_gate": (
        PREPARING,
        {"recommended": "proceed", "recommendation": "Ja"},
    ),
    "settle_criterion": (PREPARING, {"state": "done"}),
    "start_plan": (PLANNING, {}),
    "freeze_plan": (LEADING, {"base_revision": "REVISION"}),
    "move_task": (PLANNING, {"base_revision": "REVISION", "uid": "UID", "way": "down"}),
    "new_task": (PLANNING, {"base_revision": "REVISION", "name": "Ny"}),
    "quick_task": (PLANNING, {"base_revision": "REVISION", "name": "Ny"}),
    "edit_task": (PLANNING, {"base_revision": "REVISION", "name": "Ny"}),
    "remove_task": (PLANNING, {"base_revision": "REVISION"}),
    "report_progress": (PLANNING, {"percent": "10"}),
    "plan_import": (PLANNING, {"file": "PLAN"}),
    "import_report": (PLANNING, {"base_revision": "REVISION"}),
    "new_project": (COLLEAGUES, {"name": "Mitt", "finish": DAY, "pack": "small_general"}),
    **{
        name: (ADMINISTRATOR, sent)
        for name, sent in {
            "admin_invite": {"email": "ny@example.org", "name": "Ny", "language": "nb"},
            "admin_change_person": {"name": "Ny"},
            "admin_change_email": {"email": "ny@example.org"},
            "admin_give_role": {"role": "administrator"},
            "admin_take_role": {"role": "administrator"},
            "admin_deactivate": {},
            "admin_reactivate": {},
            "admin_password_link": {},
            "admin_organisation": {"name": "Ny", "language": "nb"},
        }.items()
    },
    **{
        name: (KEEPERS, sent)
        for name, sent in {
            "upload_pack": {},
            "copy_pack": {"name": "Min", "key": "mine"},
            "replace_pack": {},
            "retire_pack": {},
            "edit_pack_item": {},
            "add_pack_item": {},
            "remove_pack_item": {},
            "move_pack_item": {"to": "up"},
        }.items()
    },
}

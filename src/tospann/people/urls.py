"""Addresses of sign-in (allauth's names), the own account, administration, undo and preferences."""

from allauth.account import views as allauth
from allauth.mfa.base.views import IndexView
from django.urls import URLPattern, URLResolver, include, path, re_path

from tospann.people import demo
from tospann.people.views import account, administration, everywhere, oidc, privacy

_sign_in = allauth.LoginView.as_view(
    extra_context={"demo_doors": demo.doors, "providers": oidc.offered}
)
_ways_in = IndexView.as_view(extra_context={"providers": oidc.offered})
_oidc: list[URLPattern | URLResolver] = [
    path("login/", oidc.sign_in, name="oidc_sign_in"),
    path("login/callback/", oidc.callback, name="openid_connect_callback"),
    path("link/", oidc.link, name="oidc_link"),
    path("unlink/", oidc.unlink, name="oidc_unlink"),
]
_password: list[URLPattern | URLResolver] = [
    path("change/", allauth.password_change, name="account_change_password"),
    path("set/", allauth.password_set, name="account_set_password"),
    path("reset/", allauth.password_reset, name="account_reset_password"),
    path("reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
_account: list[URLPattern | URLResolver] = [
    path("", account.profile, name="account"),
    path("login/", _sign_in, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path(
        "confirm-email/",
        allauth.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("confirm-email/<str:key>/", allauth.confirm_email, name="account_confirm_email"),
    path("password/", include(_password)),
    path("mfa/", _ways_in, name="mfa_index"),
    path("mfa/", include("allauth.mfa.urls")),
    path("oidc/<slug:provider_id>/", include(_oidc)),
    path("sessions/", include("allauth.usersessions.urls")),
    path("data", privacy.own_data, name="account_data"),
    path("deputies/", account.deputies, name="account_deputies"),
    path("deputies/<uuid:pk>/end", account.end_deputy, name="account_end_deputy"),
    path("app-passwords/", account.app_passwords, name="account_app_passwords"),
    path(
        "app-passwords/<uuid:pk>/revoke",
        account.revoke_app_password,
        name="account_revoke_app_password",
    ),
    path("tokens/", account.tokens, name="account_tokens"),
    path("tokens/<uuid:pk>/revoke", account.revoke_token, name="account_revoke_token"),
    path("language", everywhere.set_language, name="set_language"),
    path("theme", everywhere.set_theme, name="set_theme"),
    path("views", everywhere.save_view, name="save_view"),
    path("demo/<str:key>", everywhere.demo_sign_in, name="demo_sign_in"),
]
_person: list[URLPattern | URLResolver] = [
    path("", administration.person, name="admin_person"),
    path("change", administration.change_person, name="admin_change_person"),
    path("email", administration.change_email, name="admin_change_email"),
    path("role", administration.give_role, name="admin_give_role"),
    path("role/take", administration.take_role, name="admin_take_role"),
    path("data", privacy.data, name="admin_person_data"),
    path("data.zip", privacy.data_file, name="admin_person_data_file"),
    path("deactivate", administration.deactivate, name="admin_deactivate"),
    path("reactivate", administration.reactivate, name="admin_reactivate"),
    path("link", administration.password_link, name="admin_password_link"),
]
_administration: list[URLPattern | URLResolver] = [
    path("", administration.people, name="admin"),
    path("people/new", administration.invite, name="admin_invite"),
    path("people/<uuid:pk>/", include(_person)),
    path("organisation", administration.organisation, name="admin_organisation"),
    path("audit", administration.audit, name="admin_audit"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(_account)),
    path("admin/", include(_administration)),
    path("undo/<int:entry_id>", everywhere.undo, name="undo"),
]

"""The address of the portfolio."""

from django.urls import path

from tospann.portfolio import views

urlpatterns = [path("portfolio", views.portfolio, name="portfolio")]

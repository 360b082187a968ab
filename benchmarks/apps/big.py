"""The dashboard with synthetic events: ``streamlit run benchmarks/apps/big.py`` (BENCHMARK_EVENTS, a million)."""

import os

import streamlit as st

from benchmarks.synthetic import big_layer
from dashboard import app
from geodata.layer import Layer


@st.cache_resource(show_spinner=False)
def _layer(number: int) -> Layer:
    return big_layer(number)


app.dress()
app.show(_layer(int(os.environ.get("BENCHMARK_EVENTS", "1000000"))))

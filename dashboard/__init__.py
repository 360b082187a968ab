"""Top floor: the Streamlit app that shows a layer of dated events on a map."""

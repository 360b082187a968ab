"""Ground floor: places, time spans, events, layers. Knows neither text nor screen."""

"""Pictures of a result as SVG, drawn once for all formats; every colour and font is an attribute, so none needs CSS."""

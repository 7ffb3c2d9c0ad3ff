"""Other people's phones: the fields of a scheme as an XLSForm, and submissions of ODK Central and KoBo read back."""

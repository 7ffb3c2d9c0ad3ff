"""What a receipt says is read strictly: whoever signs it stands for all of it."""

import pytest

from greenstar.record.journal import Head
from greenstar.record.receipt import NoReceipt, Receipt, read_receipt


def test_heads_are_hashes_and_places() -> None:
    receipt = Receipt("01J0", "2026-05-12T09:00:00.000Z", "Ann", {"visit": [Head("a1" * 32, 3)]})
    assert read_receipt(receipt.document) == receipt
    for head in (Head("x" * 64, 3), Head("A1" * 32, 3), Head("a1", 3), Head("a1" * 32, 0)):
        with pytest.raises(NoReceipt):
            read_receipt(Receipt("01J0", "2026-05-12T09:00:00.000Z", "Ann", {"visit": [head]}).document)

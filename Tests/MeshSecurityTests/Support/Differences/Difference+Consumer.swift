extension Difference {
    /// Our consumer with the provider of the transcript, by scenario.
    static let ofConsumer: [String: [Difference]] = [
        "simple_cross_stake": [
            Difference(14, .zeroRefused, ["acknowledgement": "an error"]),
            Difference(16, .boundZero, ["outcome": "accepted"]),
        ],
        "unstake_and_withdraw": [
            Difference(10...11, .powerFalls, ["cval1 bonded": "22500000", "cval1 delegated": "22500000"]),
            Difference(16...24, .powerFalls, ["cval1 bonded": "18000000", "cval1 delegated": "18000000"]),
            Difference(27...28, .powerFalls, ["cval1 bonded": "", "cval1 delegated": ""]),
        ],
        "timeout_rollback": [
            Difference(17...18, .powerFalls, ["cval1 bonded": "", "cval1 delegated": ""])
        ],
        "discount": [
            Difference(6...8, .convertedAsWhole, ["cval1 requested": "2"]),
            Difference(9...11, .convertedAsWhole, ["cval1 requested": "4"]),
            Difference(12...14, .convertedAsWhole, ["cval1 requested": "11"]),
            Difference(15...17, .convertedAsWhole, ["cval1 requested": "770011"]),
            Difference(18...21, .convertedAsWhole, ["cval1 requested": "1540011"]),
            Difference(20...21, .convertedAsWhole, ["cval1 bonded": "1540011", "cval1 delegated": "1540011"]),
            Difference(22...24, .convertedAsWhole, ["cval1 bonded": "1155011", "cval1 delegated": "1155011"]),
            Difference(22...28, .convertedAsWhole, ["cval1 requested": "1155011"]),
            Difference(
                25,
                .oneWord,
                [
                    "packet c 2": Said.validators(
                        at: 126,
                        jailed: ["cval1"],
                        slashed: Said.slash("cval1", since: 124, power: 2, 75000, ratio: "0.05")
                    )
                ]
            ),
            Difference(25...28, .inactive, ["cval1 bonded": "", "cval1 delegated": ""]),
        ],
        "over_cap_rebalance": [
            Difference(13, .boundZero, ["outcome": "accepted"]),
            Difference(
                13...17,
                .boundZero,
                [
                    "cval1 bonded": "571",
                    "cval1 delegated": "571",
                    "cval2 bonded": "428",
                    "cval2 delegated": "428",
                ]
            ),
            Difference(
                24,
                .capLowered,
                [
                    "cval1 bonded": "284",
                    "cval1 delegated": "284",
                    "cval2 bonded": "213",
                    "cval2 delegated": "213",
                    "cval3 bonded": "2",
                    "cval3 delegated": "2",
                ]
            ),
            Difference(27...29, .powerFalls, ["cval1 bonded": "35", "cval1 delegated": "35"]),
        ],
        "slashable_rounding": [
            Difference(10...18, .powerFalls, ["cval1 bonded": "", "cval1 delegated": ""])
        ],
        "error_ack_rollback": [
            Difference(10...11, .convertedAsWhole, ["cval1 requested": "600"]),
            Difference(12, .unstakeWorks, ["acknowledgement": Said.success]),
            Difference(12...18, .unstakeWorks, ["cval1 bonded": "", "cval1 delegated": "", "cval1 requested": ""]),
            Difference(15, .unstakeWorks, ["acknowledgement": "an error"]),
        ],
        "price_change": [
            Difference(6...8, .convertedAsWhole, ["cval1 requested": "500"]),
            Difference(7...8, .convertedAsWhole, ["cval1 bonded": "500", "cval1 delegated": "500"]),
            Difference(9...11, .convertedAsWhole, ["cval1 requested": "300"]),
            Difference(9...13, .powerFalls, ["cval1 bonded": "300", "cval1 delegated": "300"]),
            Difference(12...13, .convertedAsWhole, ["cval1 requested": "1200"]),
            Difference(14, .unstakeWorks, ["acknowledgement": Said.success]),
            Difference(14...18, .convertedAsWhole, ["cval1 bonded": "99", "cval1 delegated": "99"]),
            Difference(14...19, .convertedAsWhole, ["cval1 requested": "398"]),
            Difference(17, .unstakeWorks, ["acknowledgement": "an error"]),
            Difference(19...26, .convertedAsWhole, ["cval1 bonded": "398", "cval1 delegated": "398"]),
            Difference(20...22, .convertedAsWhole, ["cval1 requested": "66"]),
            Difference(23...24, .convertedAsWhole, ["cval1 requested": "399"]),
            Difference(25...27, .convertedAsWhole, ["cval1 requested": "400"]),
            Difference(27...31, .convertedAsWhole, ["cval1 bonded": "400", "cval1 delegated": "400"]),
            Difference(28...33, .priceZero, ["cval1 requested": ""]),
            Difference(30, .priceZero, ["acknowledgement": "an error"]),
            Difference(32...33, .priceZero, ["cval1 bonded": "", "cval1 delegated": "", "outcome": "accepted"]),
            Difference(
                33,
                .oneWord,
                [
                    "further packets": "c: "
                        + Said.validators(
                            at: 134,
                            jailed: ["cval1"],
                            slashed: Said.slash("cval1", since: 132, power: 1, 120, ratio: "0.1")
                        )
                ]
            ),
        ],
        "tombstone": [
            Difference(
                10,
                .oneWord,
                [
                    "packet c 2": Said.validators(
                        at: 111,
                        tombstoned: ["cval1"],
                        slashed: Said.slash("cval1", since: 109, power: 100, 10000000, ratio: "0.1")
                    )
                ]
            ),
            Difference(10...13, .inactive, ["cval1 bonded": "", "cval1 delegated": ""]),
            Difference(14...16, .pledgeStays, ["cval1 requested": "45000000"]),
            Difference(17, .unstakeWorks, ["acknowledgement": Said.success]),
            Difference(17...24, .pledgeStays, ["cval1 requested": "40500000"]),
            Difference(20, .noCounterpart, ["packet c 3": ""]),
            Difference(22, .noCounterpart, ["outcome": "there is no such packet"]),
        ],
        "zero_max_cap": [
            Difference(
                9,
                .handedBack,
                [
                    "further packets": "c: " + Said.handBack("alice", "cval1", 22500000, of: 50000000) + "\n" + "c: "
                        + Said.handBack("alice", "cval2", 9000000, of: 20000000)
                ]
            ),
            Difference(9...14, .handedBack, ["cval1 bonded": "", "cval1 delegated": "", "cval1 requested": ""]),
            Difference(9...16, .handedBack, ["cval2 bonded": "", "cval2 delegated": "", "cval2 requested": ""]),
            Difference(
                11,
                .handedBack,
                [
                    "packet c 2": "",
                    "packet c 3": "sent before: " + Said.handBack("alice", "cval1", 22500000, of: 50000000),
                    "packet c 4": "sent before: " + Said.handBack("alice", "cval2", 9000000, of: 20000000),
                ]
            ),
            Difference(11...28, .handedBack, ["escrow": ""]),
            Difference(13, .handedBack, ["outcome": "there is no such packet"]),
            Difference(22, .zeroCapRefuses, ["acknowledgement": "an error"]),
            Difference(22...28, .zeroCapRefuses, ["cval1 requested": ""]),
            Difference(24, .zeroCapRefuses, ["packet c 5": ""]),
            Difference(26, .zeroCapRefuses, ["outcome": "there is no such packet"]),
            Difference(28, .zeroCapRefuses, ["packet c 6": ""]),
        ],
        "zero_amount_stake_blocks_epochs": [
            Difference(8, .zeroRefused, ["acknowledgement": "an error"]),
            Difference(
                11,
                .boundZero,
                ["outcome": "accepted", "further packets": "c: " + Said.distribution(100, at: "cval1")]
            ),
            Difference(11...19, .boundZero, ["escrow": "100"]),
            Difference(13...19, .powerFalls, ["cval1 bonded": "400", "cval1 delegated": "400"]),
            Difference(15, .boundZero, ["outcome": "accepted"]),
            Difference(20, .boundZero, ["packet c 2": "sent before: " + Said.distribution(100, at: "cval1")]),
        ],
        "valset_transitions": [
            Difference(
                14,
                .oneWord,
                [
                    "packet c 4": Said.validators(at: 115, jailed: ["cval2"])
                ]
            ),
            Difference(
                18,
                .returnsAtOnce,
                [
                    "packet c 5": Said.validators(at: 119, additions: ["cval2"])
                ]
            ),
            Difference(21, .noCounterpart, ["packet c 6": ""]),
            Difference(23, .noCounterpart, ["outcome": "there is no such packet"]),
            Difference(
                24,
                .returnsAtOnce,
                [
                    "packet c 7": Said.validators(at: 125, additions: ["cval1"])
                ]
            ),
            Difference(27, .noCounterpart, ["packet c 8": ""]),
            Difference(29, .noCounterpart, ["outcome": "there is no such packet"]),
            Difference(37, .noCounterpart, ["packet c 11": ""]),
            Difference(39, .noCounterpart, ["packet c 13": ""]),
            Difference(41, .noCounterpart, ["outcome": "there is no such packet"]),
            Difference(45, .noCounterpart, ["outcome": "there is no such packet"]),
        ],
    ]
}

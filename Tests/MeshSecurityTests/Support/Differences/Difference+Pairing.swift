extension Difference {
    /// Our provider with our consumer, by scenario.
    static let ofPairing: [String: [Difference]] = [
        "simple_cross_stake": [
            Difference(13, .zeroRefused, ["outcome": "refused", "packet p 2": ""]),
            Difference(14, .zeroRefused, ["acknowledgement": ""]),
            Difference(14...15, .zeroRefused, ["outcome": "there is no such packet"]),
            Difference(16, .boundZero, ["outcome": "accepted"]),
        ],
        "in_flight_ranges": [
            Difference(
                23,
                .localCounted,
                [
                    "packet p 6": Said.stake("alice", "cval2", 60, transaction: 5)
                ]
            )
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
            Difference(8...9, .flooredPerLien, ["alice slashable": "0 to 1"]),
            Difference(9...11, .convertedAsWhole, ["cval1 requested": "4"]),
            Difference(10, .flooredPerLien, ["alice slashable": "1 to 1"]),
            Difference(11...12, .flooredPerLien, ["alice slashable": "1 to 3"]),
            Difference(12...14, .convertedAsWhole, ["cval1 requested": "11"]),
            Difference(13, .flooredPerLien, ["alice slashable": "3 to 3"]),
            Difference(14...15, .flooredPerLien, ["alice slashable": "3 to 200003"]),
            Difference(15...17, .convertedAsWhole, ["cval1 requested": "770011"]),
            Difference(16, .flooredPerLien, ["alice slashable": "200003 to 200003"]),
            Difference(17...18, .flooredPerLien, ["alice slashable": "200003 to 400003"]),
            Difference(18...21, .convertedAsWhole, ["cval1 requested": "1540011"]),
            Difference(19...28, .flooredPerLien, ["alice slashable": "400003 to 400003"]),
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
            Difference(
                26...28,
                .noSlash,
                [
                    "alice at cval1": "1500016 to 1500016, unbonding 500000",
                    "alice bonded": "10000000",
                    "alice lien pcontract2": "2000016 to 2000016, 0.2 slashable",
                    "alice max lien": "2000016 to 2000016",
                ]
            ),
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
            Difference(3...6, .flooredPerLien, ["alice slashable": "0 to 1"]),
            Difference(7...12, .flooredPerLien, ["alice slashable": "1 to 1"]),
            Difference(10...18, .powerFalls, ["cval1 bonded": "", "cval1 delegated": ""]),
            Difference(
                13,
                .flooredPerLien,
                [
                    "alice at cval1": "",
                    "alice free": "1000 to 1000",
                    "alice lien pcontract2": "",
                    "alice max lien": "",
                    "outcome": "accepted",
                ]
            ),
            Difference(
                15...16,
                .flooredPerLien,
                [
                    "alice at cval1": "0 to 5",
                    "alice free": "995 to 1000",
                    "alice lien pcontract2": "0 to 5, 0.2 slashable",
                    "alice max lien": "0 to 5",
                ]
            ),
            Difference(
                17,
                .flooredPerLien,
                [
                    "alice at cval1": "5 to 5",
                    "alice free": "995 to 995",
                    "alice lien pcontract2": "5 to 5, 0.2 slashable",
                    "alice max lien": "5 to 5",
                ]
            ),
            Difference(18, .flooredPerLien, ["alice slashable": "1 to 1"]),
        ],
        "error_ack_rollback": [
            Difference(10...11, .convertedAsWhole, ["cval1 requested": "600"]),
            Difference(12, .unstakeWorks, ["acknowledgement": Said.success]),
            Difference(12...18, .unstakeWorks, ["cval1 bonded": "", "cval1 delegated": "", "cval1 requested": ""]),
            Difference(13...18, .unstakeWorks, ["alice at cval1": "0 to 0, unbonding 400"]),
            Difference(14, .unstakeWorks, ["outcome": "refused", "packet p 4": ""]),
            Difference(15, .unstakeWorks, ["acknowledgement": ""]),
            Difference(15...16, .unstakeWorks, ["outcome": "there is no such packet"]),
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
            Difference(15...20, .unstakeWorks, ["alice at cval1": "199 to 199, unbonding 400 and 401"]),
            Difference(16, .unstakeWorks, ["outcome": "refused", "packet p 4": ""]),
            Difference(17, .unstakeWorks, ["acknowledgement": ""]),
            Difference(17...18, .unstakeWorks, ["outcome": "there is no such packet"]),
            Difference(19...26, .convertedAsWhole, ["cval1 bonded": "398", "cval1 delegated": "398"]),
            Difference(20...22, .convertedAsWhole, ["cval1 requested": "66"]),
            Difference(21, .unstakeWorks, ["alice at cval1": "199 to 1199, unbonding 400 and 401"]),
            Difference(22...23, .unstakeWorks, ["alice at cval1": "199 to 1201, unbonding 400 and 401"]),
            Difference(23...24, .convertedAsWhole, ["cval1 requested": "399"]),
            Difference(24...25, .unstakeWorks, ["alice at cval1": "1199 to 1201, unbonding 400 and 401"]),
            Difference(25...27, .convertedAsWhole, ["cval1 requested": "400"]),
            Difference(26...33, .unstakeWorks, ["alice at cval1": "1201 to 1201, unbonding 400 and 401"]),
            Difference(27...31, .convertedAsWhole, ["cval1 bonded": "400", "cval1 delegated": "400"]),
            Difference(28...33, .priceZero, ["cval1 requested": ""]),
            Difference(30, .priceZero, ["acknowledgement": "an error"]),
            Difference(
                31...33,
                .priceZero,
                [
                    "alice at cval2": "",
                    "alice free": "7998 to 7998",
                    "alice lien pcontract2": "2002 to 2002, 0.2 slashable",
                    "alice max lien": "2002 to 2002",
                    "alice slashable": "400 to 400",
                ]
            ),
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
                3,
                .localCounted,
                [
                    "packet p 1": Said.stake("user", "cval1", 100000000, transaction: 2)
                ]
            ),
            Difference(
                4,
                .localCounted,
                [
                    "packet p 2": Said.stake("user", "cval2", 50000000, transaction: 3)
                ]
            ),
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
            Difference(11...15, .noSlash, ["user at cval1": "100000000 to 100000000"]),
            Difference(
                11...24,
                .noSlash,
                [
                    "user bonded": "200000000",
                    "user free": "10000000 to 10000000",
                    "user lien pcontract1": "190000000 to 190000000, 0.2 slashable",
                    "user lien pcontract2": "150000000 to 150000000, 0.2 slashable",
                    "user max lien": "190000000 to 190000000",
                    "user slashable": "68000000 to 68000000",
                ]
            ),
            Difference(14...16, .pledgeStays, ["cval1 requested": "45000000"]),
            Difference(16...17, .unstakeWorks, ["user at cval1": "90000000 to 100000000"]),
            Difference(17, .unstakeWorks, ["acknowledgement": Said.success]),
            Difference(17...24, .pledgeStays, ["cval1 requested": "40500000"]),
            Difference(18...24, .unstakeWorks, ["user at cval1": "90000000 to 90000000, unbonding 10000000"]),
            Difference(20, .noCounterpart, ["packet c 3": ""]),
            Difference(21, .noCounterpart, ["acknowledgement": ""]),
            Difference(21...22, .noCounterpart, ["outcome": "there is no such packet"]),
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
            Difference(12, .handedBack, ["acknowledgement": ""]),
            Difference(12...13, .handedBack, ["outcome": "there is no such packet"]),
            Difference(12...28, .handedBack, ["alice earned at cval1": ""]),
            Difference(14...19, .handedBack, ["alice at cval1": "0 to 0, unbonding 50000000"]),
            Difference(16...28, .handedBack, ["alice at cval2": "0 to 0, unbonding 20000000"]),
            Difference(
                18...19,
                .handedBack,
                [
                    "alice free": "30000000 to 30000000",
                    "alice lien pcontract2": "70000000 to 70000000, 0.2 slashable",
                    "alice max lien": "70000000 to 70000000",
                    "alice slashable": "14000000 to 14000000",
                ]
            ),
            Difference(
                21...22,
                .handedBack,
                [
                    "alice at cval1": "0 to 10000000, unbonding 50000000",
                    "alice free": "20000000 to 30000000",
                    "alice lien pcontract2": "70000000 to 80000000, 0.2 slashable",
                    "alice max lien": "70000000 to 80000000",
                    "alice slashable": "14000000 to 16000000",
                ]
            ),
            Difference(22, .zeroCapRefuses, ["acknowledgement": "an error"]),
            Difference(22...28, .zeroCapRefuses, ["cval1 requested": ""]),
            Difference(
                23...28,
                .zeroCapRefuses,
                [
                    "alice at cval1": "0 to 0, unbonding 50000000",
                    "alice free": "30000000 to 30000000",
                    "alice lien pcontract2": "70000000 to 70000000, 0.2 slashable",
                    "alice max lien": "70000000 to 70000000",
                    "alice slashable": "14000000 to 14000000",
                ]
            ),
            Difference(24, .zeroCapRefuses, ["packet c 5": ""]),
            Difference(25, .zeroCapRefuses, ["acknowledgement": ""]),
            Difference(25...26, .zeroCapRefuses, ["outcome": "there is no such packet"]),
            Difference(28, .zeroCapRefuses, ["packet c 6": ""]),
        ],
        "zero_amount_stake_blocks_epochs": [
            Difference(7, .zeroRefused, ["outcome": "refused", "packet p 2": ""]),
            Difference(8, .zeroRefused, ["acknowledgement": ""]),
            Difference(8...9, .zeroRefused, ["outcome": "there is no such packet"]),
            Difference(
                11,
                .boundZero,
                ["outcome": "accepted", "further packets": "c: " + Said.distribution(100, at: "cval1")]
            ),
            Difference(11...19, .boundZero, ["escrow": "100"]),
            Difference(13...19, .powerFalls, ["cval1 bonded": "400", "cval1 delegated": "400"]),
            Difference(15, .boundZero, ["outcome": "accepted"]),
            Difference(
                17,
                .refusedNotCounted,
                [
                    "packet p 4": Said.stake("alice", "cval2", 1, transaction: 2)
                ]
            ),
            Difference(20, .boundZero, ["packet c 2": "sent before: " + Said.distribution(100, at: "cval1")]),
        ],
        "close_channel": [
            Difference(
                15...18,
                .closingUnbonds,
                [
                    "alice at cval1": "0 to 0, unbonding 500",
                    "alice free": "500 to 500",
                    "alice lien pcontract2": "500 to 500, 0.2 slashable",
                    "alice max lien": "500 to 500",
                    "alice slashable": "100 to 100",
                ]
            ),
            Difference(
                16...18,
                .closingUnbonds,
                [
                    "bob at cval1": "0 to 0, unbonding 100",
                    "bob at cval2": "0 to 0, unbonding 200",
                    "bob free": "700 to 700",
                    "bob lien pcontract2": "300 to 300, 0.2 slashable",
                    "bob max lien": "300 to 300",
                    "bob slashable": "60 to 60",
                ]
            ),
            Difference(18, .closingUnbonds, ["alice bonded": "1000", "alice wallet": "", "outcome": "refused"]),
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
            Difference(19...24, .returnsAtOnce, ["cval2": "active"]),
            Difference(21, .noCounterpart, ["packet c 6": ""]),
            Difference(22, .noCounterpart, ["acknowledgement": ""]),
            Difference(22...23, .noCounterpart, ["outcome": "there is no such packet"]),
            Difference(
                24,
                .returnsAtOnce,
                [
                    "packet c 7": Said.validators(at: 125, additions: ["cval1"])
                ]
            ),
            Difference(27, .noCounterpart, ["packet c 8": ""]),
            Difference(28, .noCounterpart, ["acknowledgement": ""]),
            Difference(28...29, .noCounterpart, ["outcome": "there is no such packet"]),
            Difference(37, .noCounterpart, ["packet c 11": ""]),
            Difference(39, .noCounterpart, ["packet c 13": ""]),
            Difference(40, .noCounterpart, ["acknowledgement": ""]),
            Difference(40...41, .noCounterpart, ["cval1": "active", "outcome": "there is no such packet"]),
            Difference(44, .noCounterpart, ["acknowledgement": ""]),
            Difference(44...45, .noCounterpart, ["outcome": "there is no such packet"]),
        ],
        "local_staking": [
            Difference(14, .noProxy, ["outcome": "accepted"]),
            Difference(16, .noGovernance, ["outcome": "refused"]),
        ],
    ]
}

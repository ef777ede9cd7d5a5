extension Difference {
    /// Our provider with the consumer of the transcript, by scenario.
    static let ofProvider: [String: [Difference]] = [
        "simple_cross_stake": [
            Difference(13, .zeroRefused, ["outcome": "refused", "packet p 2": ""]),
            Difference(15, .zeroRefused, ["outcome": "there is no such packet"]),
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
        "discount": [
            Difference(8...9, .flooredPerLien, ["alice slashable": "0 to 1"]),
            Difference(10, .flooredPerLien, ["alice slashable": "1 to 1"]),
            Difference(11...12, .flooredPerLien, ["alice slashable": "1 to 3"]),
            Difference(13, .flooredPerLien, ["alice slashable": "3 to 3"]),
            Difference(14...15, .flooredPerLien, ["alice slashable": "3 to 200003"]),
            Difference(16, .flooredPerLien, ["alice slashable": "200003 to 200003"]),
            Difference(17...18, .flooredPerLien, ["alice slashable": "200003 to 400003"]),
            Difference(19...28, .flooredPerLien, ["alice slashable": "400003 to 400003"]),
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
        "slashable_rounding": [
            Difference(3...6, .flooredPerLien, ["alice slashable": "0 to 1"]),
            Difference(7...12, .flooredPerLien, ["alice slashable": "1 to 1"]),
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
            Difference(16...17, .noSlash, ["user at cval1": "90000000 to 100000000"]),
            Difference(18...24, .noSlash, ["user at cval1": "100000000 to 100000000"]),
        ],
        "zero_max_cap": [
            Difference(
                18...19,
                .unbondsNormally,
                [
                    "alice at cval1": "1 to 1, unbonding 49999999",
                    "alice free": "30000000 to 30000000",
                    "alice lien pcontract2": "70000000 to 70000000, 0.2 slashable",
                    "alice max lien": "70000000 to 70000000",
                    "alice slashable": "14000000 to 14000000",
                ]
            ),
            Difference(18...28, .unbondsNormally, ["alice at cval2": "1 to 1, unbonding 19999999"]),
            Difference(
                21...22,
                .unbondsNormally,
                [
                    "alice at cval1": "1 to 10000001, unbonding 49999999",
                    "alice free": "20000000 to 30000000",
                    "alice lien pcontract2": "70000000 to 80000000, 0.2 slashable",
                    "alice max lien": "70000000 to 80000000",
                    "alice slashable": "14000000 to 16000000",
                ]
            ),
            Difference(23...24, .unbondsNormally, ["alice at cval1": "10000001 to 10000001, unbonding 49999999"]),
            Difference(
                23...28,
                .unbondsNormally,
                [
                    "alice free": "20000000 to 20000000",
                    "alice lien pcontract2": "80000000 to 80000000, 0.2 slashable",
                    "alice max lien": "80000000 to 80000000",
                    "alice slashable": "16000000 to 16000000",
                ]
            ),
            Difference(25...28, .unbondsNormally, ["alice at cval1": "2 to 2, unbonding 49999999 and 9999999"]),
        ],
        "zero_amount_stake_blocks_epochs": [
            Difference(7, .zeroRefused, ["outcome": "refused", "packet p 2": ""]),
            Difference(9, .zeroRefused, ["outcome": "there is no such packet"]),
            Difference(
                17,
                .refusedNotCounted,
                [
                    "packet p 4": Said.stake("alice", "cval2", 1, transaction: 2)
                ]
            ),
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
            Difference(19...24, .unjailedIsActive, ["cval2": "active"]),
            Difference(28...56, .removedBeatsAdded, ["cval3": "unbonded"]),
        ],
        "local_staking": [
            Difference(14, .noProxy, ["outcome": "accepted"]),
            Difference(16, .noGovernance, ["outcome": "refused"]),
        ],
    ]
}

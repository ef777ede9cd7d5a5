/// What differs in the scenarios of rewards.
extension Difference {
    /// Our provider with our consumer.
    static let rewardsOfPairing: [String: [Difference]] = [
        "rewards_three_delegators": unstakeInFlight + unstakeArrived,
        "rewards_withdrawn_twice_in_flight": secondClaim + [
            Difference(19, .reserved, ["acknowledgement": ""]),
            Difference(19...20, .reserved, ["outcome": "there is no such packet"]),
            Difference(19...21, .reserved, ["escrow": "500"]),
            Difference(19...23, .reserved, ["alice-on-consumer paid": "500"]),
            // So there is something left for bob.
            Difference(22, .reserved, ["acknowledgement": Said.success]),
            Difference(22...23, .reserved, ["bob-on-consumer paid": "500"]),
            Difference(23, .reserved, ["bob earned at cval1": ""]),
        ],
        "rewards_without_stake": allUnstaked + [
            Difference(13, .communityReceives, ["outcome": "accepted", "acknowledgement": Said.success]),
            Difference(16, .communityReceives, ["outcome": "it has arrived before", "packet c 3": ""]),
            Difference(17, .communityReceives, ["outcome": "there is no such packet"]),
            Difference(22, .communityReceives, ["acknowledgement": ""]),
            Difference(22...23, .communityReceives, ["bob earned at cval1": "", "outcome": "there is no such packet"]),
        ],
    ]

    /// Our provider; the reference's consumer sends the refused batch again.
    static let rewardsOfProvider: [String: [Difference]] = [
        "rewards_three_delegators": unstakeInFlight,
        "rewards_withdrawn_twice_in_flight": secondClaim + [
            Difference(20, .reserved, ["outcome": "there is no such packet"])
        ],
        "rewards_without_stake": [
            Difference(13, .communityReceives, ["outcome": "accepted", "acknowledgement": Said.success]),
            Difference(17, .communityReceives, ["outcome": "accepted", "acknowledgement": Said.success]),
            Difference(22, .communityReceives, ["outcome": "it has arrived before", "acknowledgement": ""]),
            Difference(22...23, .communityReceives, ["bob earned at cval1": ""]),
        ],
    ]

    /// Our consumer.
    static let rewardsOfConsumer: [String: [Difference]] = [
        "rewards_three_delegators": unstakeArrived,
        "rewards_without_stake": allUnstaked,
    ]
}

/// What shows in several casts.
extension Difference {
    private static let unstakeInFlight = [
        Difference(53...55, .earnsUntilCertain, ["carol earned at cval1": "4286"]),
        Difference(57...59, .earnsUntilCertain, ["carol earned at cval1": "4336"]),
    ]

    private static let unstakeArrived = [
        Difference(59...61, .powerFalls, ["cval1 bonded": "400", "cval1 delegated": "400"])
    ]

    private static let allUnstaked = [
        Difference(9...11, .powerFalls, ["cval1 bonded": "", "cval1 delegated": ""])
    ]

    private static let secondClaim = [
        Difference(16, .reserved, ["outcome": "refused", "packet p 4": ""]),
        Difference(20...23, .reserved, ["alice earned at cval1": ""]),
        Difference(
            21,
            .reserved,
            ["packet p 5": Said.payment(500, to: "bob-on-consumer", transaction: 9_223_372_036_854_775_809)]
        ),
    ]
}

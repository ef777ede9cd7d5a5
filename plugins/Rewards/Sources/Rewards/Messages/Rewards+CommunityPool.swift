import ModuleKit
import RewardsEvents

extension Rewards {
    func fundCommunityPool(_ request: RewardsFundCommunityPool, _ sender: Address, _ context: Context)
        throws(ModuleError)
    {
        let coins = try Self.coins(request.amount)
        try context.emit(
            .with {
                $0.communityPoolFunded = .with {
                    $0.depositor = context.accountText(sender)
                    $0.amount = coins.proto
                }
            }
        )
    }

    func spend(_ request: RewardsSpend, _ sender: Address, _ context: Context) throws(ModuleError) {
        guard try context.admin(of: context.identity.number) == sender else {
            throw ModuleError(
                .notRewardsAdmin,
                "only the admin of \(context.identity.label) spends from the community pool: propose it to governance"
            )
        }
        let coins = try Self.coins(request.amount)
        let recipient = try context.addresses.parse(request.recipient, as: .account)
        try requireReceiving(recipient, context)
        for coin in coins {
            let pool = try collections.denominations.value(for: coin.denom, in: context)?.communityPool.whole() ?? .zero
            guard coin.amount <= pool else {
                throw ModuleError(
                    .communityPoolTooSmall,
                    "the community pool has \(pool)\(coin.denom), not \(coin): spend at most that"
                )
            }
        }
        try context.emit(
            .with {
                $0.communityPoolSpent = .with {
                    $0.recipient = context.accountText(recipient)
                    $0.amount = coins.proto
                }
            }
        )
    }

    private static func coins(_ amount: [ProtoCoin]) throws(ModuleError) -> Coins {
        let coins = try Coins(amount)
        guard !coins.isEmpty else {
            throw ModuleError(.invalidArgument, "no coins are named: say how many of which denomination")
        }
        return coins
    }
}

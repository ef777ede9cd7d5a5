import ModuleKit
import RewardsEvents
import VirtualStakingEvents

/// Takes the place of rewards: what stake of an instance has earned is what a step says, as on the reference's small chain.
///
/// All that it speaks is rewards' own vocabulary, so the rest of the chain can't tell it from rewards.
struct Treasury: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = RewardsEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "rewards", version: "1.0.0", requires: ["bank"])

    /// By the validator's text; all of it is of one delegator.
    let owed = StateMap<String, Amount>(1, "owed")

    /// Claims the accounts of rewards, out of which withdrawals are paid.
    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.configured = .init() })
    }

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the stand-in takes no messages")
    }

    var subscriptions: [Subscription<Treasury>] {
        [
            .onTrait({ $0 is any OrdersRewards.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? any OrdersRewards else { return }
                for order in try event.rewardOrders {
                    let validator = context.addresses.format(order.validator, as: .validatorOperator)
                    try module.pay(validator, to: origin.instance, context)
                }
            }
        ]
    }

    private func pay(_ validator: String, to instance: InstanceIdentity, _ context: Context) throws(ModuleError) {
        let amount = try owed.value(for: validator, in: context) ?? .zero
        let account = context.addresses.format(instance.address, as: .account)
        let coins = amount.isZero ? [] : [ProtoCoin(Coin(amount, try Denom(Self.denom)))]
        try context.emit(
            .with {
                $0.withdrawn.delegator = account
                $0.withdrawn.validator = validator
                $0.withdrawn.recipient = account
                $0.withdrawn.instanceNumber = instance.number
                $0.withdrawn.coins = coins
            }
        )
    }

    func apply(_ event: RewardsEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .positionImported(let earned):
            for rewards in earned.rewards {
                let sum = try (owed.value(for: earned.validator, in: state) ?? .zero).adding(Amount(rewards.accrued))
                try owed.set(sum, for: earned.validator, in: state)
            }
        case .withdrawn(let paid): try owed.remove(paid.validator, in: state)
        default: return
        }
    }

    /// The only token in which there are rewards.
    static let denom = "ujuno"

    /// What is recorded where stake has earned something.
    static func earned(_ amount: UInt64, at validator: String) -> RewardsEvent {
        .with {
            $0.positionImported.validator = validator
            $0.positionImported.rewards = [.with { ($0.denom, $0.accrued) = (denom, "\(amount)") }]
        }
    }
}

import ExternalStakingEvents
import MeshSandbox
import ModuleKit
import RewardsEvents
import StakingEvents

/// What the validators of a chain and its pairings have earned.
struct ChainRewards {
    /// A validator of this chain.
    struct Validator {
        let moniker: String
        let answer: RewardsValidatorAnswer
    }

    /// A pairing in which this chain is the provider, or one of the other chain's validators in it.
    struct Pairing {
        let externalStaking: String
        /// Nil for all of them together.
        let validator: String?
        let kinds: [PairingRewards.Kind]
    }

    /// A pairing in which this chain is the consumer.
    struct Collection {
        let converter: String
        let rewards: PairingRewards.Consumer
    }

    private(set) var validators: [Validator] = []
    private(set) var communityPool: [RewardsDecimalCoin] = []
    private(set) var pairings: [Pairing] = []
    private(set) var collections: [Collection] = []

    /// Looks at everything.
    ///
    /// - Parameters:
    ///   - validator: the only validator that counts; nil for all.
    ///   - externalStaking: the only External Staking that counts, with the validators of its other chain one by one; nil for
    ///     everything.
    init(_ chain: ChainView, validator: String?, externalStaking: String?) throws(CommandError) {
        if externalStaking == nil, chain.hasRewards {
            for found in try chain.validators() where validator == nil || found.operator == validator {
                let answer = try chain.rewards { $0.validator.validator = found.operator }.validator
                validators.append(Validator(moniker: found.description_p.moniker, answer: answer))
            }
            if validator == nil { communityPool = try chain.communityPool() }
        }
        for label in externalStaking.map({ [$0] }) ?? chain.labels(of: .externalStaking) {
            if validator == nil {
                let kinds = try CommandError.wrapping { try PairingRewards.Kind.all(chain.host, label) }
                pairings.append(Pairing(externalStaking: label, validator: nil, kinds: kinds))
            }
            guard externalStaking != nil || validator != nil else { continue }
            for found in try chain.validators(at: label, onlyActive: false)
            where validator == nil || found.validator == validator {
                let kinds = try CommandError.wrapping {
                    try PairingRewards.Kind.all(chain.host, label, at: found.validator)
                }
                pairings.append(Pairing(externalStaking: label, validator: found.validator, kinds: kinds))
            }
        }
        guard externalStaking == nil, validator == nil else { return }
        for label in chain.labels(of: .converter) {
            let rewards = try CommandError.wrapping { try PairingRewards.Consumer(chain.host, label) }
            collections.append(Collection(converter: label, rewards: rewards))
        }
    }
}

extension ChainRewards {
    /// The rewards in both forms.
    ///
    /// - Parameter paths: how tokens of other chains came, by denomination.
    func report(_ paths: [String: String]) -> Report {
        Report(document(paths)) { style in
            let parts = [
                validatorsText(style), pairingsText(paths, style), collectionsText(style),
            ].filter { !$0.isEmpty }
            return parts.isEmpty ? style.dim("nothing has been earned here") + "\n" : parts.joined(separator: "\n")
        }
    }

    private func document(_ paths: [String: String]) -> JSONValue {
        [
            "validators": .array(
                validators.map { validator in
                    [
                        "operator": .string(validator.answer.validator), "moniker": .string(validator.moniker),
                        "commission_rate": .string(validator.answer.commissionRate),
                        "outstanding": .array(validator.answer.outstanding.map(\.document)),
                        "commission": .array(validator.answer.commission.map(\.document)),
                    ]
                }
            ),
            "community_pool": .array(communityPool.map(\.document)),
            "pairings": .array(
                pairings.map { pairing in
                    [
                        "external_staking": .string(pairing.externalStaking),
                        "validator": .optional(pairing.validator),
                        "rewards": .array(pairing.kinds.map { $0.document(paths[$0.denom]) }),
                    ]
                }
            ),
            "collections": .array(
                collections.map {
                    ["converter": .string($0.converter), "rewards": $0.rewards.document]
                }
            ),
        ]
    }

    private func validatorsText(_ style: Style) -> String {
        guard !validators.isEmpty else { return "" }
        var table = Table(
            .init("validator"),
            .init("not withdrawn", .right),
            .init("of it commission", .right),
            .init("rate", .right),
            .init("operator")
        )
        for validator in validators {
            table.add(
                .init(validator.moniker, .bold),
                .init(validator.answer.outstanding.text),
                .init(validator.answer.commission.text),
                .init(validator.answer.commissionRate.percentage),
                .init(validator.answer.validator, .dim)
            )
        }
        let pool = communityPool.isEmpty ? "" : style.dim("the community pool has \(communityPool.text)") + "\n"
        return table.text(style) + pool
    }

    private func pairingsText(_ paths: [String: String], _ style: Style) -> String {
        guard !pairings.isEmpty else { return "" }
        var table = Table(
            .init("received by"),
            .init("received", .right),
            .init("paid", .right),
            .init("in flight", .right),
            .init("claimable", .right),
            .init("remainder", .right),
            .init("community", .right),
            .init("coin"),
            .init("validator")
        )
        for pairing in pairings {
            let (name, place) = (pairing.externalStaking, pairing.validator ?? "all")
            for kind in pairing.kinds {
                table.add(
                    .init(name, .bold),
                    .amount(kind.received.description),
                    .amount(kind.paid.description),
                    .amount(kind.inFlight.description, .yellow),
                    .init(kind.claimable.shortDescription, .green),
                    .init(kind.remainder.shortDescription),
                    .amount(kind.community.description),
                    .init((paths[kind.denom] ?? kind.denom) + (kind.isHeld ? ", on the other chain" : "")),
                    .init(place, .dim)
                )
            }
            if pairing.kinds.isEmpty {
                table.add(.init(name, .bold), "–", "–", "–", "–", "–", "–", "–", .init(place, .dim))
            }
        }
        return table.text(style)
    }

    private func collectionsText(_ style: Style) -> String {
        guard !collections.isEmpty else { return "" }
        var table = Table(
            .init("collected by"),
            .init("collected", .right),
            .init("waiting", .right),
            .init("under way", .right),
            .init("delivered", .right),
            .init("held", .right),
            .init("paid", .right),
            .init("given", .right),
            .init("coin")
        )
        for collection in collections {
            let rewards = collection.rewards
            table.add(
                .init(collection.converter, .bold),
                .amount(rewards.collected.description),
                .amount(rewards.waiting.description, .yellow),
                .amount(rewards.batched.saturatingAdding(rewards.arrived).description, .yellow),
                .amount(rewards.delivered.description),
                .amount(rewards.held.description),
                .amount(rewards.paid.description),
                .amount(rewards.given.description),
                .init(rewards.denom.isEmpty ? "–" : rewards.denom)
            )
        }
        return table.text(style)
    }
}

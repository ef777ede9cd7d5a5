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
        let totals: [PairingRewards.ProviderTotals]
    }

    /// A pairing in which this chain is the consumer.
    struct Collection {
        let converter: String
        let totals: PairingRewards.ConsumerTotals
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
                let totals = try CommandError.wrapping { try PairingRewards.ProviderTotals.all(chain.host, label) }
                pairings.append(Pairing(externalStaking: label, validator: nil, totals: totals))
            }
            guard externalStaking != nil || validator != nil else { continue }
            for found in try chain.validators(at: label, onlyActive: false)
            where validator == nil || found.validator == validator {
                let totals = try CommandError.wrapping {
                    try PairingRewards.ProviderTotals.all(chain.host, label, at: found.validator)
                }
                pairings.append(Pairing(externalStaking: label, validator: found.validator, totals: totals))
            }
        }
        guard externalStaking == nil, validator == nil else { return }
        for label in chain.labels(of: .converter) {
            let totals = try CommandError.wrapping { try PairingRewards.ConsumerTotals(chain.host, label) }
            collections.append(Collection(converter: label, totals: totals))
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
                        "rewards": .array(pairing.totals.map { $0.document(paths[$0.denom]) }),
                    ]
                }
            ),
            "collections": .array(
                collections.map {
                    ["converter": .string($0.converter), "rewards": $0.totals.document]
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
            for totals in pairing.totals {
                table.add(
                    .init(name, .bold),
                    .amount(totals.received.description),
                    .amount(totals.paid.description),
                    .amount(totals.inFlight.description, .yellow),
                    .init(totals.claimable.shortDescription, .green),
                    .init(totals.remainder.shortDescription),
                    .amount(totals.community.description),
                    .init((paths[totals.denom] ?? totals.denom) + (totals.isHeld ? ", on the other chain" : "")),
                    .init(place, .dim)
                )
            }
            if pairing.totals.isEmpty {
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
            let totals = collection.totals
            table.add(
                .init(collection.converter, .bold),
                .amount(totals.collected.description),
                .amount(totals.waiting.description, .yellow),
                .amount(totals.batched.saturatingAdding(totals.arrived).description, .yellow),
                .amount(totals.delivered.description),
                .amount(totals.held.description),
                .amount(totals.paid.description),
                .amount(totals.given.description),
                .init(totals.denom.isEmpty ? "–" : totals.denom)
            )
        }
        return table.text(style)
    }
}

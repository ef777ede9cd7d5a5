import ConverterEvents
import ExternalStakingEvents
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import StakingEvents
import Storage
import VirtualStakingEvents

/// How a pairing stands on both chains.
struct PairingStatus {
    let ends: PairingEnds
    let report: PairingReport
    /// What has become of its rewards.
    let rewards: PairingRewards
    /// The coin that is staked, on the provider.
    let denom: String
    /// The coin that is bonded for it, on the consumer.
    let nativeDenom: String
    /// How far the channel is, on either side: none, open or closed.
    let channels: (provider: String, consumer: String)
    /// When virtual stake follows its targets; nil where there was no epoch yet, and after the last.
    let nextEpochHeight: UInt64?
    /// What the consumer's validators are called, by operator.
    private let monikers: [String: String]

    init(_ ends: PairingEnds) throws(CommandError) {
        self.ends = ends
        report = try CommandError.wrapping {
            try PairingReport(
                provider: ends.provider.host,
                externalStaking: ends.externalStaking,
                consumer: ends.consumer.host,
                converter: ends.converter
            )
        }
        rewards = try CommandError.wrapping {
            try PairingRewards(
                provider: ends.provider.host,
                externalStaking: ends.externalStaking,
                consumer: ends.consumer.host,
                converter: ends.converter
            )
        }
        let pairing = try ends.provider.pairing(of: ends.externalStaking)
        denom = pairing?.denom ?? ""
        let far = try ends.consumer.converter(ends.converter) { $0.channel = .init() }.channel
        channels = (pairing.map { $0.closedAt == 0 ? "open" : "closed" } ?? "none", far.status.name)
        nativeDenom = try ends.consumer.staking { $0.pool = .init() }.pool.bonded.denom
        nextEpochHeight = try Self.nextEpochHeight(ends)
        monikers = Dictionary(
            try ends.consumer.validators().map { ($0.operator, $0.description_p.moniker) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Whether the two sides differ, and nothing is in flight that would explain it.
    ///
    /// A closed channel can't bring them together any more: the provider's stake unbonds, and the consumer's is gone.
    var isDrifting: Bool {
        report.isSettled && report.isOpenOnProvider && report.isOpenOnConsumer && !report.drift.isZero
    }

    private static func nextEpochHeight(_ ends: PairingEnds) throws(CommandError) -> UInt64? {
        let settings = try ends.consumer.converter(ends.converter) { $0.settings = .init() }.settings
        guard !settings.virtualStaking.isEmpty else { return nil }
        let query = VirtualStakingQuery.with { $0.totals = .init() }
        let totals = try CommandError.wrapping {
            try ends.consumer.host.query(query, of: settings.virtualStaking).totals
        }
        return totals.isClosed || totals.nextEpochHeight == 0 ? nil : totals.nextEpochHeight
    }

    /// The status in both forms.
    var statement: Report { Report(document) { text($0) } }
}

extension PairingStatus {
    private var document: JSONValue {
        var object = JSONObject()
        object["provider"] = Self.side(ends.provider, ("external_staking", ends.externalStaking), channels.provider)
        object["consumer"] = Self.side(ends.consumer, ("converter", ends.converter), channels.consumer)
        object["denom"] = .string(denom)
        object["native_denom"] = .string(nativeDenom)
        object["price"] = .string(report.price.shortDescription)
        object["is_price_fresh"] = report.isOpenOnConsumer ? .bool(report.isPriceFresh) : .null
        object["cap"] = .string(report.cap.description)
        object["minted"] = .string(report.minted.description)
        object["next_epoch_height"] = nextEpochHeight.map { .whole($0) } ?? .null
        object["unsettled_on_provider"] = .whole(report.unsettledOnProvider)
        object["unsettled_on_consumer"] = .whole(report.unsettledOnConsumer)
        object["is_settled"] = .bool(report.isSettled)
        object["drift"] = .string(report.drift.description)
        object["is_drifting"] = .bool(isDrifting)
        object["rewards"] = rewardsDocument
        object["validators"] = .array(
            report.validators.map { validator in
                var object = JSONObject()
                object["operator"] = .string(validator.name)
                object["moniker"] = .optional(monikers[validator.name])
                object["state"] = .string(validator.state)
                object["committed"] = .string(validator.committed.description)
                object["in_flight"] = .string(validator.inFlight.description)
                object["unbonding"] = .string(validator.unbonding.description)
                object["pledged"] = .string(validator.pledged.description)
                object["target"] = .string(validator.target.description)
                object["bonded"] = .string(validator.bonded.description)
                return .object(object)
            }
        )
        return .object(object)
    }

    private static func side(_ chain: ChainView, _ end: (name: String, label: String), _ channel: String) -> JSONValue {
        var object = JSONObject()
        object["chain_id"] = .string(chain.host.chainID)
        object["height"] = .whole(chain.host.lastHeader.height)
        object["time"] = .string(chain.lastBlockTime.description)
        object[end.name] = .string(end.label)
        object["channel"] = .string(channel)
        return .object(object)
    }
}

extension PairingStatus {
    private func text(_ style: Style) -> String {
        let channel =
            channels.provider == channels.consumer ? [channels.provider] : [channels.provider, channels.consumer]
        let isOpen = channel == ["open"]
        let facts = Facts(
            ("provider", place(ends.provider, ends.externalStaking)),
            ("consumer", place(ends.consumer, ends.converter)),
            ("channel", .init(channel.joined(separator: " on the provider, on the consumer "), isOpen ? .green : .red)),
            ("price", price),
            ("minted", minted),
            ("next epoch", nextEpochHeight.map { .init("height \($0.grouped)") } ?? .init("none", .dim)),
            ("in flight", inFlight),
            ("drift", drift),
            ("rewards", rewardsCell)
        )
        guard !report.validators.isEmpty else {
            return facts.text(style) + "\n" + style.dim("the provider knows no validators of the consumer yet") + "\n"
        }
        return facts.text(style) + "\n" + table.text(style)
    }

    private func place(_ chain: ChainView, _ label: String) -> Table.Cell {
        .init("\(label) on \(chain.host.chainID), height \(chain.host.lastHeader.height.grouped)", .bold)
    }

    private var price: Table.Cell {
        guard !report.price.isZero else { return .init("none yet", .red) }
        let text = "\(report.price.shortDescription) \(nativeDenom) for 1 \(denom)"
        // Nobody judges a price for a pairing that is over.
        return report.isPriceFresh || !report.isOpenOnConsumer ? .init(text) : .init("\(text), too old to count", .red)
    }

    private var minted: Table.Cell {
        let amounts = [report.minted, report.cap].map(\.description.groupingDigits)
        return .init("\(amounts.joined(separator: " of ")) \(nativeDenom)", report.cap.isZero ? .red : .plain)
    }

    private var inFlight: Table.Cell {
        guard !report.isSettled else { return .init("nothing", .green) }
        let parts = [
            (report.unsettledOnProvider, "to the consumer"), (report.unsettledOnConsumer, "to the provider"),
        ]
        let texts = parts.filter { $0.0 > 0 }.map { "\($0.counting("message")) \($1)" }
        return .init(texts.joined(separator: ", "), .yellow)
    }

    private var drift: Table.Cell {
        guard !report.drift.isZero else { return .init("none", .green) }
        let amount = "\(report.drift.description.groupingDigits) \(denom)"
        if isDrifting { return .init(amount, .red) }
        return .init(
            report.isSettled ? "\(amount), which is unbonding" : "\(amount), while messages are in flight",
            .yellow
        )
    }

    private var table: Table {
        var table = Table(
            .init("validator"),
            .init("state"),
            .init("committed", .right),
            .init("in flight", .right),
            .init("unbonding", .right),
            .init("pledged", .right),
            .init("target", .right),
            .init("bonded", .right),
            .init("operator")
        )
        for validator in report.validators {
            let differs = validator.committed != validator.pledged
            table.add(
                .init(monikers[validator.name] ?? "–", .bold),
                .standing(validator.state),
                .amount(validator.committed.description),
                .amount(validator.inFlight.description, .yellow),
                .amount(validator.unbonding.description),
                .amount(validator.pledged.description, differs ? .yellow : .plain),
                .amount(validator.target.description),
                .amount(validator.bonded.description, validator.bonded == validator.target ? .plain : .yellow),
                .init(validator.name, .dim)
            )
        }
        return table
    }
}

extension ConverterChannelStatus {
    /// The status in a word.
    fileprivate var name: String {
        switch self {
        case .open: "open"
        case .closed: "closed"
        case .none, .unspecified, .UNRECOGNIZED: "none"
        }
    }
}

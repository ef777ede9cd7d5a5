import ConverterEvents
import ModuleKit
import StakingTesting

/// Which of several converters in one test.
protocol ConverterPlace: Sendable {}
enum FirstPlace: ConverterPlace {}
enum SecondPlace: ConverterPlace {}

/// Takes the place of a converter: it keeps pledges as tests record them, at a price of 1.
///
/// Two of its settings are used for something else: `discount` says how its price is: `fresh`, `stale`, or `silent`, when it
/// fails on every question for targets; `minimum_version` whether its channel is `open`, `closed`, or never was.
struct StandInConverter<Place: ConverterPlace>: ProtocolModule {
    typealias Message = ConverterMessage
    typealias Event = ConverterEvent
    typealias Query = ConverterQuery

    static var manifest: Manifest { Manifest(name: converterModuleName, version: "1.0.0") }
    /// What it throws while it is silent.
    static var silence: ModuleError.Code { ModuleError.Code("stand-in", 1) }

    let settings = StateItem<ConverterSettings>(1, "settings")
    let pledges = StateMap<Address, Amount>(2, "pledges")

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let name = try configuration["virtual_staking"].string()
        try context.emit(.named(name))
        for (number, amount) in try configuration["pledges"].array().enumerated() {
            try context.emit(.pledge(try amount.string(), to: number))
        }
    }

    func handle(_ message: ConverterMessage, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the stand-in takes no messages")
    }

    func apply(_ event: ConverterEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .staked(let event):
            try pledges.update(try Address(bech32: event.validator), in: state) { (pledge) throws(ModuleError) in
                pledge = try (pledge ?? .zero).adding(try Amount(event.amount))
            }
        default:
            guard let reduction = event.pledgeReduction else { return }
            try pledges.update(try Address(bech32: reduction.validator), in: state) { (pledge) throws(ModuleError) in
                let rest = try (pledge ?? .zero).subtracting(try Amount(reduction.amount))
                pledge = rest.isZero ? nil : rest
            }
        }
    }

    func answer(_ query: ConverterQuery, _ state: StateReader) throws(ModuleError) -> ConverterAnswer {
        guard let settings = try settings.value(in: state) else { throw ModuleError(.invalidState, "no settings") }
        switch query.query {
        case .settings: return .with { $0.settings = settings }
        case .channel:
            let statuses: [String: ConverterChannelStatus] = ["open": .open, "closed": .closed]
            return .with { $0.channel.status = statuses[settings.minimumVersion] ?? .none }
        case .targets:
            guard settings.discount != "silent" else { throw ModuleError(Self.silence, "the stand-in is silent") }
            var targets = ConverterTargets()
            targets.isPriceFresh = settings.discount == "fresh"
            try pledges.forEach(in: state) { (validator, amount) throws(ModuleError) in
                targets.targets.append(
                    .with {
                        $0.validator = validator.operatorText
                        $0.amount = amount.description
                    }
                )
                return true
            }
            return .with { $0.targets = targets }
        default: throw ModuleError(.invalidArgument, "the stand-in does not know that")
        }
    }
}

extension ConverterEvent {
    static func named(
        _ virtualStaking: String,
        price: String = "fresh",
        feed: String = "price-feed",
        channel: String = "open"
    ) -> ConverterEvent {
        .with {
            $0.configured.settings.virtualStaking = virtualStaking
            $0.configured.settings.discount = price
            $0.configured.settings.priceFeed = feed
            $0.configured.settings.minimumVersion = channel
        }
    }

    static func pledge(_ amount: String, to validator: Int) -> ConverterEvent {
        .with {
            $0.staked.validator = Account.validators[validator].operatorText
            $0.staked.amount = amount
        }
    }
}

/// Has the name of a price feed, and nothing else.
struct StandInPriceFeed: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = MagistrateEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "price-feed", version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the stand-in takes no messages")
    }

    func apply(_ event: MagistrateEvent, to state: StateWriter) throws(ModuleError) {}
}

import ConverterEvents
import ModuleKit
import VirtualStakingEvents

/// What has to hold before an instance may be authorised: its pairing is set up, and whoever did that has no power left.
///
/// Governance votes once. From then on nobody but governance can change what it voted for.
struct PairingCheck {
    let settings: VirtualStakingSettings
    let view: VirtualStaking.View

    private static let priceFeedModuleName = "price-feed"

    /// One thing that has to hold.
    struct Point {
        /// Its name in answers.
        let name: String
        /// Why it does not hold; nil where it does.
        let failure: ModuleError?
    }

    /// All points, in the order in which a pairing is set up. One that can't be looked at does not hold either.
    func points() throws(ModuleError) -> [Point] {
        [
            try point("converter") { () throws(ModuleError) in _ = try converter() },
            try point("converter_names_back") { () throws(ModuleError) in try requireNamedBack() },
            try point("price_feed") { () throws(ModuleError) in _ = try priceFeed() },
            try point("channel") { () throws(ModuleError) in try requireOpenChannel() },
            try point("virtual_staking_admin") { () throws(ModuleError) in
                try requireNoStranger(over: view.identity, .virtualStakingAdministered)
            },
            try point("converter_admin") { () throws(ModuleError) in
                try requireNoStranger(over: try converter(), .converterAdministered)
            },
            try point("price_feed_admin") { () throws(ModuleError) in
                try requireNoStranger(over: try priceFeed(), .priceFeedAdministered)
            },
        ]
    }

    private func point(_ name: String, _ check: () throws(ModuleError) -> Void) throws(ModuleError) -> Point {
        do throws(ModuleError) {
            try check()
            return Point(name: name, failure: nil)
        } catch {
            guard !error.isExhaustion else { throw error }
            return Point(name: name, failure: error)
        }
    }

    private func converter() throws(ModuleError) -> InstanceIdentity {
        guard let converter = view.instance(named: settings.converter), converter.module == converterModuleName else {
            throw ModuleError(
                .converterMissing,
                "there is no converter called \(settings.converter): deploy it, or name another"
            )
        }
        return converter
    }

    private func converterSettings() throws(ModuleError) -> ConverterSettings {
        try view.ask(ConverterQuery.with { $0.settings = .init() }, of: try converter().number).settings
    }

    private func requireNamedBack() throws(ModuleError) {
        let named = try converterSettings().virtualStaking
        guard view.instance(named: named)?.number == view.identity.number else {
            throw ModuleError(
                .converterNamesAnother,
                "\(settings.converter) names \(named.isEmpty ? "nobody" : named) as its virtual staking, not this "
                    + "instance: both have to name each other"
            )
        }
    }

    private func priceFeed() throws(ModuleError) -> InstanceIdentity {
        let named = try converterSettings().priceFeed
        guard let feed = view.instance(named: named), feed.module == Self.priceFeedModuleName else {
            throw ModuleError(
                .priceFeedMissing,
                "\(settings.converter) takes its price from \(named.isEmpty ? "nobody" : named), which is no price feed: "
                    + "deploy one, or name another"
            )
        }
        return feed
    }

    private func requireOpenChannel() throws(ModuleError) {
        let query = ConverterQuery.with { $0.channel = .init() }
        switch try view.ask(query, of: try converter().number).channel.status {
        case .open: return
        case .closed:
            throw ModuleError(.channelNotOpen, "the pairing's channel has closed for good: deploy another pairing")
        default:
            throw ModuleError(
                .channelNotOpen,
                "the pairing's channel was never open: open it from \(settings.converter) first"
            )
        }
    }

    /// Nobody but the chain's authority may be the admin of what governance votes on.
    private func requireNoStranger(over instance: InstanceIdentity, _ code: ModuleError.Code) throws(ModuleError) {
        guard let admin = try view.admin(of: instance.number), try admin != view.authority() else { return }
        throw ModuleError(
            code,
            "\(view.addresses.format(admin, as: .account)) can still change \(instance.label): clear its admin, or make the "
                + "chain's authority its admin"
        )
    }
}

extension ModuleError {
    /// Whether there is no work or room left, with which nothing can go on.
    var isExhaustion: Bool { code == .outOfWork || code == .limitExceeded }
}

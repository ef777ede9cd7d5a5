import ModuleKit
import PriceFeedEvents

/// Reads the configuration of a price feed.
struct SettingsReader {
    /// How many reporters a feed has at most: each report is weighed against all others.
    static let reportersMax = 32
    /// The shortest maximum age and the shortest window.
    static let shortestSpan = TimeSpan.seconds(1)

    private let root: JSONField
    private let addresses: AddressPrefixes

    init(_ root: JSONField, _ addresses: AddressPrefixes) {
        self.root = root
        self.addresses = addresses
    }

    /// The settings, but for the label.
    func settings() throws(ModuleError) -> PriceFeedSettings {
        var settings = PriceFeedSettings()
        switch try root["kind"].string() {
        case "fixed":
            try requireSettings(["kind", "maximum_age", "price"])
            settings.fixed = .init()
        case "average":
            try requireSettings(["kind", "maximum_age", "window", "reporters"])
            settings.average.windowNanoseconds = try span(root["window"])
            settings.average.reporters = try reporters()
        default: throw invalid(root["kind"], "the kind of a price feed is fixed or average; write one of these")
        }
        settings.maximumAgeNanoseconds = try span(root["maximum_age"])
        return settings
    }

    /// The price, where one is set.
    func price() throws(ModuleError) -> Decimal18? {
        guard let field = root["price"].optional else { return nil }
        do {
            return try Price.read(try field.string())
        } catch {
            throw error.code == .invalidPrice ? error.adding(context: field.path) : error
        }
    }

    private func requireSettings(_ names: [String]) throws(ModuleError) {
        for (name, field) in try root.members() where !names.contains(name) {
            throw invalid(field, "a feed of this kind has the settings \(names.joined(separator: ", ")) and no others")
        }
    }

    private func span(_ field: JSONField) throws(ModuleError) -> UInt64 {
        let span = try field.timeSpan()
        guard span.nanoseconds >= Self.shortestSpan.nanoseconds else {
            throw invalid(field, "this is at least \(Self.shortestSpan), not \(span); lengthen it")
        }
        return span.nanoseconds
    }

    /// The text of an account in the one form in which it is kept.
    private func account(_ field: JSONField) throws(ModuleError) -> String {
        addresses.format(try field.address(addresses, as: .account), as: .account)
    }

    private func reporters() throws(ModuleError) -> [String] {
        let field = root["reporters"]
        let elements = try field.array()
        guard (1...Self.reportersMax).contains(elements.count) else {
            throw invalid(field, "an average has 1 to \(Self.reportersMax) reporters, not \(elements.count)")
        }
        var accounts: [String] = []
        for element in elements {
            let account = try account(element)
            guard !accounts.contains(account) else {
                throw invalid(element, "the reporter stands here twice; name each once")
            }
            accounts.append(account)
        }
        return accounts.sorted()
    }

    private func invalid(_ field: JSONField, _ message: String) -> ModuleError {
        ModuleError(.invalidPriceFeedSetting, "\(field.path): \(message)")
    }
}

public import ModuleKit
import PriceFeedEvents

extension PriceFeed {
    /// Writes what the feed has heard, in a section named after the instance's label. Settings are not part of it: an instance is
    /// deployed with them.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var section = JSONObject()
        if let price = try fixedPrice.value(in: state) {
            section["fixed_price"] = ["price": .string(price.price), "time": Self.time(price.timeNanoseconds)]
        }
        if !settings.isFixed {
            section["reports"] = .array(try exportedReports(state))
            section["checkpoints"] = .array(try exportedCheckpoints(state))
        }
        if let series = try series.value(in: state) {
            section["series"] = [
                "price": .string(series.price), "since": Self.time(series.sinceNanoseconds),
                "time": Self.time(series.timeNanoseconds), "cumulative": .string(series.cumulative),
                "has_ended": .bool(series.hasEnded_p),
            ]
        }
        return [(settings.label, .object(section))]
    }

    private func exportedReports(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var exported: [JSONValue] = []
        try reports.forEach(in: state) { (_, report) throws(ModuleError) in
            exported.append([
                "reporter": .string(report.reporter), "price": .string(report.price),
                "height": .string("\(report.height)"), "time": Self.time(report.timeNanoseconds),
            ])
            return true
        }
        return exported
    }

    private func exportedCheckpoints(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var exported: [JSONValue] = []
        try checkpoints.forEach(in: state) { (key, checkpoint) throws(ModuleError) in
            exported.append(["time": Self.time(key), "cumulative": .string(checkpoint.cumulative)])
            return true
        }
        return exported
    }

    /// Nanoseconds since 1970, as a string.
    private static func time(_ nanoseconds: UInt64) -> JSONValue { .string("\(nanoseconds)") }
}

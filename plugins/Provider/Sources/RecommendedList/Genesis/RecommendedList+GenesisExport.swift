public import ModuleKit
import RecommendedListEvents

extension RecommendedList {
    /// Writes the list, in a section named after the instance's label. The settings are not part of it: an instance is deployed
    /// with them.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var exported: [JSONValue] = []
        try recommendations.forEach(in: state) { (_, entry) throws(ModuleError) in
            exported.append([
                "instance": .string(entry.label), "note": .string(entry.note), "by": .string(entry.by),
                "time": .string("\(entry.timeNanoseconds)"),
            ])
            return true
        }
        return [(settings.label, ["recommendations": .array(exported)])]
    }
}

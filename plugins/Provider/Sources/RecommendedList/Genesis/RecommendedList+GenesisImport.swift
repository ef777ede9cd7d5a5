public import ModuleKit
import RecommendedListEvents

extension RecommendedList {
    /// Reads the section named after the instance's label.
    ///
    ///     { "recommendations": [ { "instance": "label or address", "note": "…", "by": "cosmos1…", "time": "0" } ] }
    ///
    /// `note`, `by` and `time` may be left out: the note is then empty, nobody is named, and the time is that of the genesis.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, always with the JSON path; `invalidState` before the instance was
    ///   configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.label]
        guard section.optional != nil else { return }
        report.claim(settings.label)
        try requireMembers(of: section, ["recommendations"])
        let elements = try section["recommendations"].optional?.array() ?? []
        guard elements.count <= Self.recommendationsMax else {
            throw section["recommendations"].invalid(
                "the list has at most \(Self.recommendationsMax) entries; shorten it"
            )
        }
        var found: [RecommendedListRecommendation] = []
        for element in elements {
            let entry = try entry(element, genesis.time, context)
            guard !found.contains(where: { $0.number == entry.number }) else {
                throw element["instance"].invalid("the instance has another entry here; keep one")
            }
            found.append(entry)
        }
        guard !found.isEmpty else { return }
        let recommendations = found.sorted { $0.number < $1.number }
        try context.emit(.with { $0.imported.recommendations = recommendations })
    }

    private func entry(_ field: JSONField, _ now: Timestamp, _ context: Context) throws(ModuleError)
        -> RecommendedListRecommendation
    {
        try requireMembers(of: field, ["instance", "note", "by", "time"])
        let (instance, note): (InstanceIdentity, String)
        do {
            instance = try requireExternalStaking(try field["instance"].string(), context)
            note = try Note.read(try field["note"].optional?.string() ?? "")
        } catch {
            throw error.code.codespace == "genesis" ? error : field.invalid(error.message)
        }
        var by = ""
        if let text = try field["by"].optional?.string(), !text.isEmpty {
            by = context.addresses.format(try field["by"].address(context.addresses, as: .account), as: .account)
        }
        let time = try field["time"].optional?.integer(as: UInt64.self) ?? now.nanoseconds
        guard time <= now.nanoseconds else { throw field["time"].invalid("this is after the genesis; correct it") }
        return .with { [by] in
            $0.number = instance.number
            $0.label = instance.label
            $0.address = context.addresses.format(instance.address, as: .account)
            $0.note = note
            $0.by = by
            $0.timeNanoseconds = time
        }
    }

    private func requireMembers(of object: JSONField, _ names: [String]) throws(ModuleError) {
        for (name, field) in try object.members() where !names.contains(name) {
            throw field.invalid("there is \(names.joined(separator: ", ")) here, and nothing else")
        }
    }
}

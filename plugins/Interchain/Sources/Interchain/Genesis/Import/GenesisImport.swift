import IBC
import InterchainEvents
import ModuleKit

/// One import in progress: where it reads, what it has seen, and what it emits to.
///
/// Whatever is read ends in one of two places: imported, in state; or skipped, in the report. What depends on something
/// that is in neither contradicts the document, and is refused.
struct GenesisImport {
    let interchain: Interchain
    let context: Interchain.Context
    var report: GenesisReport
    /// How many numbers are given out.
    var counters = InterchainCounters()
    /// What is left out, by name.
    var skippedClients: Set<String> = [GenesisLayout.localClient]
    var skippedConnections: Set<String> = [GenesisLayout.localConnection]
    var skippedChannels: Set<ChannelEndID> = []

    init(interchain: Interchain, context: Interchain.Context, report: GenesisReport) {
        self.interchain = interchain
        self.context = context
        self.report = report
    }

    /// Reads the section: what is read later depends on what was read before.
    mutating func read(_ section: JSONField) throws(ModuleError) {
        let clients = section["client_genesis"]
        let connections = section["connection_genesis"]
        let channels = section["channel_genesis"]
        counters.clients = try clients["next_client_sequence"].integerIfAny()
        counters.connections = try connections["next_connection_sequence"].integerIfAny()
        counters.channels = try channels["next_channel_sequence"].integerIfAny()
        if counters != InterchainCounters() {
            let counters = counters
            try context.emit(.with { $0.countersImported = counters })
        }
        try readClientSection(clients)
        try readConnectionSection(connections)
        try readChannelSection(channels)
        try noteSecondVersion(section)
        try noteUnknownMembers(
            of: section,
            known: ["client_genesis", "connection_genesis", "channel_genesis"] + GenesisLayout.secondVersion,
            at: ""
        )
    }

    /// The second version of IBC is reported, unless its parts are empty, as most chains have them.
    private mutating func noteSecondVersion(_ section: JSONField) throws(ModuleError) {
        for name in GenesisLayout.secondVersion where section[name].value?.holdsNothing == false {
            skip(".\(name)", "the second version of IBC is not spoken here", section[name])
        }
    }
}

extension GenesisImport {
    /// Notes something that is not carried over.
    mutating func skip(_ place: String, _ reason: String, _ field: JSONField) {
        report.skip(path(place), reason, example: field.path)
    }

    /// Notes parameters that say nothing here, unless they are those that an export writes.
    mutating func noteParams(_ params: JSONField, unless usual: JSONValue, _ place: String, _ reason: String) {
        guard params.optional != nil, params.value != usual else { return }
        report.remark(path(place), reason, example: params.path)
    }

    /// Lists the members of an object that nothing here reads.
    mutating func noteUnknownMembers(of field: JSONField, known: [String], at place: String) throws(ModuleError) {
        guard field.optional != nil else { return }
        for (name, member) in try field.members() where !known.contains(name) {
            skip("\(place).\(name)", "nothing here knows this member", member)
        }
    }

    /// Runs a check of IBC. What is only more than this chain can do is reported, and nil; all else is refused.
    mutating func supported<Value>(_ field: JSONField, _ place: String, _ check: () throws(IBCError) -> Value)
        throws(ModuleError) -> Value?
    {
        do throws(IBCError) {
            return try check()
        } catch {
            guard error.code == .unknownValue || error.code == .tooLarge else { throw field.invalid(error.message) }
            skip(place, error.message, field)
            return nil
        }
    }

    /// Reads an object's members of some names as a protobuf message of IBC. What is unknown within them is refused.
    func message<Read: Message>(_ type: Read.Type, _ names: [String], of field: JSONField)
        throws(ModuleError) -> Read
    {
        var object = JSONObject()
        for (name, member) in try field.members() where names.contains(name) { object[name] = member.value }
        do throws(ModuleError) {
            return try Read(decodingJSON: JSONValue.object(object).text())
        } catch {
            throw field.invalid(error.message)
        }
    }

    private func path(_ place: String) -> String { "app_state.\(GenesisLayout.section)\(place)" }
}

import ModuleKit
import SlashingEvents

/// The section `slashing` of a Cosmos chain: lists since SDK 0.40, objects by consensus address before.
struct SlashingGenesis {
    /// What is known of one validator's votes.
    struct Info {
        let address: Address
        var startHeight: UInt64
        var indexOffset: UInt64
        var jailedUntil: Timestamp
        var isTombstoned: Bool
        var missedCount: UInt64
        /// The numbers of the votes that were not given.
        var missed: [UInt64] = []
    }

    private static let path = "app_state.slashing"

    /// In the document's order, each validator once.
    private(set) var infos: [Info] = []
    // Only asked, never iterated.
    private var places: [Address: Int] = [:]

    /// Reads the lists of a section.
    ///
    /// - Parameter window: how many votes the indices of the document go around in.
    init(_ section: JSONField, window: UInt64, _ prefixes: AddressPrefixes, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        try section.noteMembers(beyond: ["params", "signing_infos", "missed_blocks"], in: Self.path, &report)
        for (address, field) in try section["signing_infos"].byAddress("validator_signing_info", prefixes) {
            try read(address, field, &report)
        }
        for (address, field) in try section["missed_blocks"].byAddress("missed_blocks", prefixes) {
            try readMissed(address, field, window: window, &report)
        }
        for index in infos.indices { note(infos[index], &report) }
    }

    private mutating func read(_ address: Address, _ field: JSONField, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let known = [
            "address", "start_height", "index_offset", "jailed_until", "tombstoned", "missed_blocks_counter",
        ]
        try field.noteMembers(beyond: known, in: "\(Self.path).signing_infos[]", &report)
        guard places[address] == nil else { throw field.invalid("this validator stands here twice; remove one") }
        places[address] = infos.count
        infos.append(
            Info(
                address: address,
                startHeight: try field["start_height"].optional?.integer() ?? 0,
                indexOffset: try field["index_offset"].optional?.integer() ?? 0,
                jailedUntil: try field["jailed_until"].optional?.jailTime() ?? .epoch,
                isTombstoned: try field["tombstoned"].optional?.bool() ?? false,
                missedCount: try field["missed_blocks_counter"].optional?.integer() ?? 0
            )
        )
    }

    /// Finds the numbers of missed votes: an index is that of the last vote which had it.
    private mutating func readMissed(
        _ address: Address,
        _ field: JSONField,
        window: UInt64,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        let path = "\(Self.path).missed_blocks[]"
        for element in try field.array() {
            try element.noteMembers(beyond: ["index", "missed"], in: path, &report)
            guard try element["missed"].optional?.bool() ?? false else { continue }
            let index: UInt64 = try element["index"].optional?.integer() ?? 0
            guard let place = places[address] else {
                report.skip(path, "there is no signing info of this validator", example: element.path)
                continue
            }
            let offset = infos[place].indexOffset
            guard index < window, index < offset else {
                report.skip(path, "no vote of the window has this index", example: element.path)
                continue
            }
            infos[place].missed.append(offset - 1 - (offset - 1 - index) % window)
        }
    }

    private func note(_ info: Info, _ report: inout GenesisReport) {
        guard info.missedCount > UInt64(info.missed.count) else { return }
        report.remark(
            "\(Self.path).signing_infos[].missed_blocks_counter",
            "it counts more than missed_blocks lists: what is listed counts",
            example: "\(info.address): \(info.missedCount), listed \(info.missed.count)"
        )
    }
}

extension JSONField {
    /// Entries by consensus address: a list of objects with `address` and one more member, or an object by address.
    fileprivate func byAddress(_ member: String, _ prefixes: AddressPrefixes) throws(ModuleError) -> [(
        Address, JSONField
    )] {
        guard let field = optional else { return [] }
        var entries: [(Address, JSONField)] = []
        if case .object = field.value {
            for (name, field) in try field.members() {
                do throws(ModuleError) {
                    entries.append((try prefixes.parse(name, as: .consensus), field))
                } catch {
                    throw field.invalid(error.message)
                }
            }
            return entries
        }
        for element in try field.array() {
            entries.append((try element["address"].address(prefixes, as: .consensus), element[member]))
        }
        return entries
    }

    /// Until when a validator is jailed; the end of all time is later than any time here.
    fileprivate func jailTime() throws(ModuleError) -> Timestamp {
        try string() == Timestamp.endOfJailText ? .max : try timestampIfSet() ?? .epoch
    }

    /// Notes the members that are not read.
    func noteMembers(beyond known: [String], in path: String, _ report: inout GenesisReport) throws(ModuleError) {
        for (name, field) in try members() where !known.contains(name) {
            report.skip("\(path).\(name)", "nothing here knows this member", example: field.path)
        }
    }
}

extension Timestamp {
    /// Until when the Cosmos SDK jails who has signed two blocks of one height.
    static let endOfJailText = "9999-12-31T23:59:59Z"

    /// The time as a signing info has it.
    var jailText: String { self == .max ? Self.endOfJailText : description }
}

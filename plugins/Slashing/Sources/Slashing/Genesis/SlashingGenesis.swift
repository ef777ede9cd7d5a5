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
    private var readMisses: Set<Address> = []

    /// Reads the lists of a section.
    ///
    /// - Parameter window: how many votes the indices of the document go around in.
    init(_ section: JSONField, window: UInt64, _ prefixes: AddressPrefixes, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        try section.noteMembers(beyond: ["params", "signing_infos", "missed_blocks"], in: Self.path, &report)
        let infoFields = try section["signing_infos"].byAddress(
            "validator_signing_info",
            in: "\(Self.path).signing_infos[]",
            prefixes,
            &report
        )
        for (address, field) in infoFields { try read(address, field, prefixes, &report) }
        let missedFields = try section["missed_blocks"].byAddress(
            "missed_blocks",
            in: "\(Self.path).missed_blocks[]",
            prefixes,
            &report
        )
        for (address, field) in missedFields {
            try readMissed(address, field, window: window, &report)
        }
        for info in infos { note(info, prefixes, &report) }
    }

    private mutating func read(
        _ address: Address,
        _ field: JSONField,
        _ prefixes: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        let known = [
            "address", "start_height", "index_offset", "jailed_until", "tombstoned", "missed_blocks_counter",
        ]
        try field.noteMembers(beyond: known, in: "\(Self.path).signing_infos[]", &report)
        guard places[address] == nil else { throw field.invalid("this validator stands here twice; remove one") }
        // Old files leave it empty here.
        if let inner = field["address"].optional, try !inner.string().isEmpty {
            guard try inner.address(prefixes, as: .consensus) == address else {
                throw inner.invalid("the info stands under another address; mend one of them")
            }
        }
        places[address] = infos.count
        infos.append(
            Info(
                address: address,
                startHeight: try field["start_height"].count(),
                indexOffset: try field["index_offset"].count(),
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
        guard readMisses.insert(address).inserted else {
            throw field.invalid("this validator stands here twice; remove one")
        }
        // Only asked, never iterated.
        var indices: Set<UInt64> = []
        for element in try field.array() {
            try element.noteMembers(beyond: ["index", "missed"], in: path, &report)
            let index = try element["index"].count()
            guard indices.insert(index).inserted else {
                throw element.invalid("this vote stands here twice; remove one")
            }
            guard try element["missed"].optional?.bool() ?? false else { continue }
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

    private func note(_ info: Info, _ prefixes: AddressPrefixes, _ report: inout GenesisReport) {
        guard info.missedCount != UInt64(info.missed.count) else { return }
        let address = prefixes.format(info.address, as: .consensus)
        report.remark(
            "\(Self.path).signing_infos[].missed_blocks_counter",
            "missed_blocks lists another number: what is listed counts",
            example: "\(address): \(info.missedCount), listed \(info.missed.count)"
        )
    }
}

extension JSONField {
    /// Entries by consensus address: a list of objects with `address` and one more member, or an object by address.
    fileprivate func byAddress(
        _ member: String,
        in path: String,
        _ prefixes: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) -> [(Address, JSONField)] {
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
            try element.noteMembers(beyond: ["address", member], in: path, &report)
            entries.append((try element["address"].address(prefixes, as: .consensus), element[member]))
        }
        return entries
    }

    /// A height, or a number of votes; 0 where there is none. The Cosmos SDK has 63 bits for it.
    fileprivate func count() throws(ModuleError) -> UInt64 {
        guard let field = optional else { return 0 }
        let count: UInt64 = try field.integer()
        guard count <= UInt64(Int64.max) else { throw field.invalid("at most \(Int64.max) can be counted; mend it") }
        return count
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

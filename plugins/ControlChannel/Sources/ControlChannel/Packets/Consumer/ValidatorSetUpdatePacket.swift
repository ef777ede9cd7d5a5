public import ModuleKit

/// The consumer's validator set once the channel is open, and afterwards what changed in it.
public struct ValidatorSetUpdatePacket: Hashable, Sendable {
    /// The consumer's height at which this holds.
    public let height: UInt64
    /// The consumer's time, in seconds since 1970.
    public let timeSeconds: UInt64
    /// Validators that have become active.
    public let additions: [AnnouncedValidator]
    /// Operator addresses of validators that are active no more.
    public let removals: [String]
    /// Validators with another key than before.
    public let updated: [AnnouncedValidator]
    /// Operator addresses of validators that were jailed.
    public let jailed: [String]
    /// Operator addresses of validators that were let out again.
    public let unjailed: [String]
    /// Operator addresses of validators that are barred for good.
    public let tombstoned: [String]
    /// Slashes on the consumer. For information: no packet can slash.
    public let slashed: [ReportedSlash]

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(
        height: UInt64,
        timeSeconds: UInt64,
        additions: [AnnouncedValidator] = [],
        removals: [String] = [],
        updated: [AnnouncedValidator] = [],
        jailed: [String] = [],
        unjailed: [String] = [],
        tombstoned: [String] = [],
        slashed: [ReportedSlash] = []
    ) throws(ModuleError) {
        for texts in [removals, jailed, unjailed, tombstoned] { try PacketText.check(texts) }
        self.height = height
        self.timeSeconds = timeSeconds
        self.additions = additions
        self.removals = removals
        self.updated = updated
        self.jailed = jailed
        self.unjailed = unjailed
        self.tombstoned = tombstoned
        self.slashed = slashed
    }
}

extension ValidatorSetUpdatePacket {
    init(_ body: JSONField, _ version: ControlVersion) throws(ModuleError) {
        try body.requireMembers([
            "height", "time", "additions", "removals", "updated", "jailed", "unjailed", "tombstoned", "slashed",
        ])
        try self.init(
            height: body["height"].packetNumber(),
            timeSeconds: body["time"].packetNumber(),
            additions: Self.validators(body["additions"], version),
            removals: body["removals"].packetTexts(),
            updated: Self.validators(body["updated"], version),
            jailed: body["jailed"].packetTexts(),
            unjailed: body["unjailed"].packetTexts(),
            tombstoned: body["tombstoned"].packetTexts(),
            slashed: Self.slashes(body["slashed"])
        )
    }

    private static func validators(_ field: JSONField, _ version: ControlVersion) throws(ModuleError)
        -> [AnnouncedValidator]
    {
        var validators: [AnnouncedValidator] = []
        for element in try field.array() { validators.append(try AnnouncedValidator(element, version)) }
        return validators
    }

    private static func slashes(_ field: JSONField) throws(ModuleError) -> [ReportedSlash] {
        var slashes: [ReportedSlash] = []
        for element in try field.array() { slashes.append(try ReportedSlash(element)) }
        return slashes
    }

    func json(_ version: ControlVersion) -> JSONValue {
        [
            "height": JSONValue(packet: height), "time": JSONValue(packet: timeSeconds),
            "additions": .array(additions.map { $0.json(version) }), "removals": JSONValue(packet: removals),
            "updated": .array(updated.map { $0.json(version) }), "jailed": JSONValue(packet: jailed),
            "unjailed": JSONValue(packet: unjailed), "tombstoned": JSONValue(packet: tombstoned),
            "slashed": .array(slashed.map(\.json)),
        ]
    }
}

import MeshSandbox
import ModuleKit

/// A report as a file.
extension EndReport {
    /// What a report says it is.
    static let format = "mesh-host/pairing-report/2"

    /// The report as programs read it.
    var document: JSONValue {
        var object = JSONObject()
        object["format"] = .string(Self.format)
        object["side"] = .string(side.rawValue)
        object["chain"] = chain.document
        object["end"] = end.document
        object["instances"] = .array(instances.map(\.document))
        object["connection"] = connection?.document ?? .null
        object["client"] = client?.document ?? .null
        object["channels"] = .array(channels.map(\.document))
        object["rewards"] = rewards?.document ?? .null
        object["provider"] = provider?.document ?? .null
        object["consumer"] = consumer?.document ?? .null
        return .object(object)
    }

    /// Reads a report that was written by ``document``.
    ///
    /// - Throws: codespace `genesis` for a missing, malformed or unknown member.
    init(_ field: JSONField) throws(ModuleError) {
        guard try field["format"].string() == Self.format else {
            throw field["format"].invalid("this is no report of `meshd pairing report` of this version: make it again")
        }
        try field.requireMembers([
            "format", "side", "chain", "end", "instances", "connection", "client", "channels", "rewards", "provider",
            "consumer",
        ])
        guard let side = PairingSide(rawValue: try field["side"].string()) else {
            throw field["side"].invalid("a report is of the provider or of the consumer")
        }
        self.side = side
        chain = try Chain(field["chain"])
        end = try End(field["end"])
        instances = []
        for instance in try field["instances"].array() { instances.append(try Instance(instance)) }
        connection = try field["connection"].optional.map { (field) throws(ModuleError) in try Connection(field) }
        client = try field["client"].optional.map { (field) throws(ModuleError) in try Client(field) }
        channels = []
        for channel in try field["channels"].array() { channels.append(try Channel(channel)) }
        rewards = try field["rewards"].optional.map { (field) throws(ModuleError) in try Rewards(field) }
        provider = try field["provider"].optional.map { (field) throws(ModuleError) in try Provider(field) }
        consumer = try field["consumer"].optional.map { (field) throws(ModuleError) in try Consumer(field) }
        guard (side == .provider) == (provider != nil), (side == .consumer) == (consumer != nil) else {
            throw field[side.rawValue].invalid("a report of the \(side.rawValue) has this member, and not the other")
        }
    }
}

extension EndReport.Chain {
    fileprivate var document: JSONValue {
        [
            "chain_id": .string(chainID), "height": .whole(height), "time": .string(time.description),
            "unbonding_time": .string(unbondingTime.description), "bond_denom": .string(bondDenom),
            "authority": .string(authority),
        ]
    }

    fileprivate init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers(["chain_id", "height", "time", "unbonding_time", "bond_denom", "authority"])
        chainID = try field["chain_id"].string()
        height = try field["height"].integer()
        time = try field["time"].timestamp()
        unbondingTime = try field["unbonding_time"].timeSpan()
        bondDenom = try field["bond_denom"].string()
        authority = try field["authority"].string()
    }
}

extension EndReport.Instance {
    fileprivate var document: JSONValue {
        [
            "role": .string(role), "label": .string(label), "module": .string(module), "version": .string(version),
            "interface_hash": .string(interfaceHash), "admin": .string(admin), "fingerprint": .string(fingerprint),
        ]
    }

    fileprivate init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "role", "label", "module", "version", "interface_hash", "admin", "fingerprint",
        ])
        role = try field["role"].string()
        label = try field["label"].string()
        module = try field["module"].string()
        version = try field["version"].string()
        interfaceHash = try field["interface_hash"].string()
        admin = try field["admin"].string()
        fingerprint = try field["fingerprint"].string()
    }
}

extension EndReport.Connection {
    fileprivate var document: JSONValue {
        [
            "connection_id": .string(id), "is_open": .bool(isOpen), "client_id": .string(client),
            "counterparty_connection_id": .string(farConnection), "counterparty_client_id": .string(farClient),
        ]
    }

    fileprivate init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "connection_id", "is_open", "client_id", "counterparty_connection_id", "counterparty_client_id",
        ])
        id = try field["connection_id"].string()
        isOpen = try field["is_open"].bool()
        client = try field["client_id"].string()
        farConnection = try field["counterparty_connection_id"].string()
        farClient = try field["counterparty_client_id"].string()
    }
}

extension EndReport.Client {
    fileprivate var document: JSONValue {
        [
            "client_id": .string(id), "chain_id": .string(chainID), "status": .string(status),
            "trusting_period": .string(trustingPeriod.description),
            "unbonding_period": .string(unbondingPeriod.description),
        ]
    }

    fileprivate init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers(["client_id", "chain_id", "status", "trusting_period", "unbonding_period"])
        id = try field["client_id"].string()
        chainID = try field["chain_id"].string()
        status = try field["status"].string()
        trustingPeriod = try field["trusting_period"].timeSpan()
        unbondingPeriod = try field["unbonding_period"].timeSpan()
    }
}

extension EndReport.Channel {
    var document: JSONValue {
        [
            "channel_id": .string(id), "state": .string(state), "ordering": .string(ordering),
            "version": .string(version), "connection_id": .string(connection),
            "counterparty_port_id": .string(farPort), "counterparty_channel_id": .string(farChannel),
        ]
    }

    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "channel_id", "state", "ordering", "version", "connection_id", "counterparty_port_id",
            "counterparty_channel_id",
        ])
        id = try field["channel_id"].string()
        state = try field["state"].string()
        ordering = try field["ordering"].string()
        version = try field["version"].string()
        connection = try field["connection_id"].string()
        farPort = try field["counterparty_port_id"].string()
        farChannel = try field["counterparty_channel_id"].string()
    }
}

extension JSONField {
    /// Checks that an object has these members and no others.
    func requireMembers(_ names: [String]) throws(ModuleError) {
        for (name, member) in try members() where !names.contains(name) {
            throw member.invalid("nothing is known of this: make the report again with this program")
        }
        for name in names where self[name].value == nil {
            throw self[name].invalid("this is missing: make the report again with this program")
        }
    }
}

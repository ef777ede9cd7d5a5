import CometBFT
import IBC
import ModuleKit

extension JSONField {
    /// The elements of an array, none where there is nothing or `null`, as Go writes empty lists.
    func elements() throws(ModuleError) -> [JSONField] {
        guard let field = optional else { return [] }
        return try field.array()
    }

    /// A whole number, zero where there is nothing.
    func integerIfAny() throws(ModuleError) -> UInt64 {
        guard let field = optional else { return 0 }
        return try field.integer()
    }

    /// A height: two numbers, each zero where it is left out.
    func height() throws(ModuleError) -> IBC.Height {
        _ = try members()
        return IBC.Height(
            revision: try self["revision_number"].integerIfAny(),
            height: try self["revision_height"].integerIfAny()
        )
    }

    /// An identifier.
    func identifier<Kind>(_ type: Identifier<Kind>.Type) throws(ModuleError) -> Identifier<Kind> {
        let text = try string()
        return try reading { () throws(IBCError) in try Identifier(text) }
    }

    /// An identifier that this chain has given out.
    ///
    /// - Parameter count: how many it has given out.
    func identifier<Kind: NumberedIdentifierKind>(_ type: Identifier<Kind>.Type, countedBy count: UInt64)
        throws(ModuleError) -> Identifier<Kind>
    {
        let id = try identifier(type)
        guard let number = id.number, number < count else {
            throw invalid(
                "this chain gives out \(Kind.prefix)-0 and so on, and the next sequence is stated as \(count); correct "
                    + "the identifier or the sequence"
            )
        }
        return id
    }

    /// The members `port_id` and `channel_id`.
    func channelEnd() throws(ModuleError) -> ChannelEndID {
        ChannelEndID(
            port: try self["port_id"].identifier(PortID.self),
            channel: try self["channel_id"].identifier(ChannelID.self)
        )
    }

    /// A hash, in hexadecimal as ibc-go writes those of CometBFT, or in Base64.
    func hash() throws(ModuleError) -> Hash32 {
        let text = try string()
        let isHexadecimal = text.utf8.count == 2 * Hash32.byteCount
        let bytes = isHexadecimal ? [] : try base64()
        return try takingOver { () throws(CometBFTError) in
            try isHexadecimal ? Hash32(hexadecimal: text) : Hash32(bytes)
        }
    }

    /// A point in time, as protobuf writes it.
    func blockTime() throws(ModuleError) -> BlockTime {
        let text = JSONValue.string(try string()).text()
        let time: Google_Protobuf_Timestamp
        do throws(ModuleError) {
            time = try Google_Protobuf_Timestamp(decodingJSON: text)
        } catch {
            throw invalid(error.message)
        }
        return try takingOver { () throws(CometBFTError) in try BlockTime(protobuf: time) }
    }

    /// Takes over what a rule of IBC finds, with the path.
    func reading<Value>(_ body: () throws(IBCError) -> Value) throws(ModuleError) -> Value {
        do throws(IBCError) {
            return try body()
        } catch {
            throw invalid(error.message)
        }
    }

    private func takingOver<Value>(_ body: () throws(CometBFTError) -> Value) throws(ModuleError) -> Value {
        do throws(CometBFTError) {
            return try body()
        } catch {
            throw invalid(error.message)
        }
    }
}

extension JSONValue {
    /// Whether there is no text, number or truth in it: `null`, or lists and objects of nothing.
    var holdsNothing: Bool {
        switch self {
        case .null: true
        case .array(let elements): elements.allSatisfy(\.holdsNothing)
        case .object(let object): object.members.allSatisfy(\.value.holdsNothing)
        default: false
        }
    }
}

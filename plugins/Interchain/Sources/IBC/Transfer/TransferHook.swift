import CometBFT
public import StrictJSON

/// A call that the memo of a transfer asks for: `{"wasm":{"contract":"…","msg":{…}}}`.
///
/// The contract is called with the tokens received, by an account that is derived from the channel and the sender: the
/// sender is only claimed by the other chain and must not be taken for an account of this one.
///
/// Source: cosmos/ibc-apps, `ibc-hooks`.
public struct TransferHook: Hashable, Sendable {
    /// How deep a message may be nested.
    public static let depthLimit = 64

    /// Whom to call.
    public let contract: String
    /// What to say.
    public let message: JSONObject

    /// Reads a memo; nil where it asks for no call: it is no JSON object, or one without a member `wasm`.
    ///
    /// - Parameters:
    ///   - memo: The memo of a transfer.
    ///   - receiver: The receiver of the transfer, which must be the contract, so that the tokens are the contract's.
    /// - Throws: `invalidHook` for a memo that asks for a call in another way than the one above, that names a member
    ///   twice or is nested deeper than 64 levels, or whose contract is not the receiver.
    public init?(memo: String, receiver: String) throws(IBCError) {
        guard let members = try Self.members(of: memo), let hook = members["wasm"] else { return nil }
        guard case .object(let parts) = hook,
            case .string(let contract) = parts["contract"], !isBlank(contract),
            case .object(let message) = parts["msg"], parts.members.count == 2
        else {
            throw IBCError(
                .invalidHook,
                "the memo's member wasm must be an object with a text contract, an object msg, and nothing else"
            )
        }
        guard contract.utf8.elementsEqual(receiver.utf8) else {
            throw IBCError(
                .invalidHook,
                "the memo calls \(quoted(contract)), but the receiver is \(quoted(receiver)); name the contract as "
                    + "the receiver too"
            )
        }
        self.contract = contract
        self.message = message
    }

    /// The address by which a hook calls: `SHA-256(SHA-256("ibc-wasm-hook-intermediary") ‖ "channel/sender")`, 32
    /// bytes.
    ///
    /// - Parameters:
    ///   - channel: The channel on the receiving chain.
    ///   - sender: The sender that the packet claims.
    public static func intermediaryAddress(channel: ChannelID, sender: String) -> [UInt8] {
        let domain = Hash32(hashing: Array("ibc-wasm-hook-intermediary".utf8))
        return Hash32(hashing: domain.bytes + Array("\(channel)/\(sender)".utf8)).bytes
    }

    private static func members(of memo: String) throws(IBCError) -> JSONObject? {
        do throws(JSONError) {
            guard case .object(let members) = try JSONValue(text: memo, depthLimit: depthLimit) else { return nil }
            return members
        } catch {
            // Others may read such a memo in another way, so it must not be guessed what it asks for.
            guard error.code == .malformed else {
                throw IBCError(.invalidHook, "the memo is ambiguous: \(error.message)", cause: error)
            }
            return nil
        }
    }
}

public import IBC
public import ModuleKit

extension ModuleError.Code {
    private static func interchain(_ number: UInt32) -> Self { Self("interchain", number) }

    /// What another chain is said to have written is not in the form of IBC; the message says what is wrong.
    public static let malformedInput = interchain(1)
    /// A client can't be used: it is frozen.
    public static let clientFrozen = interchain(2)
    /// A client can't be used: it was not updated within its trusting period.
    public static let clientExpired = interchain(3)
    /// A client has verified no header of a height.
    public static let unknownHeight = interchain(4)
    /// A header does not follow from what a client trusts.
    public static let invalidHeader = interchain(5)
    /// A proof does not show what it should.
    public static let invalidProof = interchain(6)
    /// Two headers do not contradict each other.
    public static let noMisbehaviour = interchain(7)
    /// There is no such client.
    public static let unknownClient = interchain(8)
    /// There is no such connection.
    public static let unknownConnection = interchain(9)
    /// There is no such channel.
    public static let unknownChannel = interchain(10)
    /// A handshake is not at the step that was asked for.
    public static let wrongHandshakeState = interchain(11)
    /// Two ends share no version.
    public static let noCommonVersion = interchain(12)
    /// A port belongs to no application, or to another one.
    public static let portNotOwned = interchain(13)
    /// The application of a port did not agree to a channel.
    public static let channelNotAccepted = interchain(14)
    /// A channel is not open.
    public static let channelNotOpen = interchain(15)
    /// A packet names another end than the channel's.
    public static let wrongChannelEnd = interchain(16)
    /// A packet is not the one whose commitment is kept.
    public static let wrongPacket = interchain(17)
    /// A packet of an ordered channel is not the next one.
    public static let wrongSequence = interchain(18)
    /// A packet has timed out, or would have when it is sent.
    public static let packetTimedOut = interchain(19)
    /// A packet has not timed out yet, by what is proven.
    public static let notTimedOut = interchain(20)
    /// A packet or its acknowledgement is longer than what can be recorded.
    public static let packetTooLarge = interchain(21)
    /// An acknowledgement is written for no packet, or a second time.
    public static let invalidAcknowledgement = interchain(22)
}

extension ModuleError {
    /// Takes over what a rule of IBC found.
    public init(_ error: IBCError) {
        let code: Code =
            switch error.code {
            case .frozen: .clientFrozen
            case .expired: .clientExpired
            case .unknownHeight: .unknownHeight
            case .invalidHeader, .notEnoughTrust, .fromTheFuture: .invalidHeader
            case .invalidProof: .invalidProof
            case .noMisbehaviour: .noMisbehaviour
            case .noCommonVersion: .noCommonVersion
            default: .malformedInput
            }
        self.init(code, error.message)
    }

    /// Runs a rule of IBC, and takes over what it throws.
    public static func wrapping<Value>(_ body: () throws(IBCError) -> Value) throws(ModuleError) -> Value {
        do throws(IBCError) {
            return try body()
        } catch {
            throw ModuleError(error)
        }
    }
}

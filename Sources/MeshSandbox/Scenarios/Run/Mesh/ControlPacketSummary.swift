import ControlChannel
import ModuleKit

/// What a packet of a control channel says, in a line for people.
struct ControlPacketSummary: CustomStringConvertible {
    let description: String

    /// Reads a packet; nil for one of something else.
    init?(_ data: [UInt8]) {
        if let packet = try? ProviderPacket(json: data, version: .newest) {
            switch packet {
            case .stake(let packet): description = "stake \(packet.stake) at \(packet.validator.ending)"
            case .unstake(let packet): description = "unstake \(packet.unstake) from \(packet.validator.ending)"
            case .burn(let packet):
                description = "burn \(packet.burn) at \(packet.validators.map(\.ending).joined(separator: ", "))"
            case .transferRewards(let packet): description = "pay \(packet.rewards) to \(packet.recipient.ending)"
            }
        } else if let packet = try? ConsumerPacket(json: data, version: .newest) {
            switch packet {
            case .validatorSetUpdate: description = "news of validators"
            case .internalUnstake(let packet):
                description = "hand back \(packet.invertedAmount) at \(packet.validator.ending)"
            case .distribute(let packet): description = "distribute \(packet.rewards) at \(packet.validator.ending)"
            case .distributeBatch(let packet):
                let parts = packet.rewards.map { "\($0.reward) at \($0.validator.ending)" }
                description = "distribute, in \(packet.denom), \(parts.joined(separator: ", "))"
            }
        } else {
            return nil
        }
    }
}

extension String {
    /// The last letters of an address: enough to tell it from others.
    fileprivate var ending: String { count > 12 ? "…\(suffix(6))" : self }
}

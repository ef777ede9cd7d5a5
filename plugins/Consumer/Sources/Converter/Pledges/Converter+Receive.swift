import ControlChannel
import ConverterEvents
public import IBC
import InterchainEvents
public import ModuleKit

extension Converter {
    /// Does what the provider says.
    ///
    /// What can't be done is refused in an error acknowledgement that says why, and nothing of it remains: each refusal
    /// is decided before anything is recorded, or is the veto of the only event. Of a payment, it is recorded that it was refused.
    ///
    /// - Returns: `{"result":"e30="}`, or an error.
    /// - Throws: `outOfWork` and `limitExceeded` alone.
    public func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement {
        do throws(ModuleError) {
            switch try message(in: packet, context) {
            case .stake(let stake): try receive(stake, context)
            case .unstake(let unstake): try receive(unstake, context)
            case .burn(let burn): try receive(burn, context)
            case .transferRewards(let payment): try receive(payment, context)
            }
        } catch {
            guard !error.isExhaustion else { throw error }
            return .error(error.recordedMessage)
        }
        return .result(ControlAcknowledgement.emptyResult)
    }

    /// Reads a packet that came over the channel of the pairing.
    private func message(in packet: Packet, _ context: Context) throws(ModuleError) -> ProviderPacket {
        let channel = try requireOpenChannel(context)
        guard packet.destination.channel.text == channel.channelID else {
            throw ModuleError(
                .pairingNotOpen,
                "\(packet.destination.channel) is not the channel of this pairing, which is \(channel.channelID)"
            )
        }
        return try ProviderPacket(json: packet.data, version: try channel.controlVersion())
    }

    /// The validator that a packet names.
    ///
    /// - Throws: `validatorNotBondable` for a text that is no operator of this chain.
    func validator(named text: String, _ context: Context) throws(ModuleError) -> Address {
        do throws(ModuleError) {
            return try context.addresses.parse(text, as: .validatorOperator)
        } catch {
            throw ModuleError(.validatorNotBondable, "the validator is none of this chain: \(error.message)")
        }
    }

    /// The amount of a coin that has to be of the pledged token.
    ///
    /// - Throws: `wrongPledgeDenomination`.
    func amount(of coin: Coin, _ settings: ConverterSettings) throws(ModuleError) -> Amount {
        guard coin.denom.text == settings.remoteDenom else {
            throw ModuleError(
                .wrongPledgeDenomination,
                "\(coin.denom) can't be pledged here: this pairing is about \(settings.remoteDenom)"
            )
        }
        return coin.amount
    }
}

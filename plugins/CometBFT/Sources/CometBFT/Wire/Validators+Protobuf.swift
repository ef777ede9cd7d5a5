public import CometBFTProtobuf
import Foundation

extension Validator: ProtobufRepresentable {
    /// Checks a message and takes it over.
    ///
    /// - Throws: `inconsistent` when the address is not the key's.
    public init(protobuf: Tendermint_Types_Validator) throws(CometBFTError) {
        let key = try required(protobuf.pubKey, if: protobuf.hasPubKey, "pub_key")
        try self.init(
            key: ValidatorKey(protobuf: key),
            power: protobuf.votingPower,
            proposerPriority: protobuf.proposerPriority
        )
        try checkAddress(ValidatorAddress([UInt8](protobuf.address)))
    }

    /// The message.
    public var protobuf: Tendermint_Types_Validator {
        var message = Tendermint_Types_Validator()
        message.address = Data(address.bytes)
        message.pubKey = key.protobuf
        message.votingPower = power
        message.proposerPriority = proposerPriority
        return message
    }

    /// Throws unless an address that stood beside the key is the key's.
    func checkAddress(_ stated: ValidatorAddress) throws(CometBFTError) {
        guard stated == address else {
            throw CometBFTError(.inconsistent, "the address of the key is \(address), and here it is \(stated)")
        }
    }
}

extension ValidatorSet: ProtobufRepresentable {
    /// One MiB: 10 000 validators have less.
    public static var maximumEncodedByteCount: Int { 1 << 20 }

    /// Checks a message and takes it over. The total power may be left out, as the engine does, or must be the sum.
    public init(protobuf: Tendermint_Types_ValidatorSet) throws(CometBFTError) {
        var validators: [Validator] = []
        for (index, validator) in protobuf.validators.enumerated() {
            validators.append(
                try checking("validator \(index)") { () throws(CometBFTError) in try Validator(protobuf: validator) }
            )
        }
        var proposer: Validator?
        if protobuf.hasProposer {
            proposer = try checking("proposer") { () throws(CometBFTError) in
                try Validator(protobuf: protobuf.proposer)
            }
        }
        try self.init(ordered: validators, proposer: proposer)
        guard protobuf.totalVotingPower == 0 || protobuf.totalVotingPower == totalPower else {
            throw CometBFTError(
                .inconsistent,
                "total_voting_power is \(protobuf.totalVotingPower), and the powers add up to \(totalPower)"
            )
        }
    }

    /// The message, without the total power, as the engine writes it.
    public var protobuf: Tendermint_Types_ValidatorSet {
        var message = Tendermint_Types_ValidatorSet()
        message.validators = validators.map(\.protobuf)
        if let proposer { message.proposer = proposer.protobuf }
        return message
    }
}

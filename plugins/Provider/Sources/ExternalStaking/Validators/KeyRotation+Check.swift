import ControlChannel
import ZIP215

extension KeyRotation {
    /// Whether the key that counted before has signed for the change to a new one.
    ///
    /// The signature is checked by ZIP-215, like those of blocks; the statement names the chain, the validator and
    /// both keys, so that no signature for anything else is one for this.
    ///
    /// - Parameters:
    ///   - chainID: the consumer's, as this chain's client holds it.
    ///   - validator: the operator's text.
    ///   - newKey: 32 bytes.
    func isValid(on chainID: String, of validator: String, to newKey: [UInt8]) -> Bool {
        ZIP215.isValid(
            signature: signature,
            message: Self.statement(
                chainID: chainID,
                operatorAddress: validator,
                previousKey: previousKey,
                newKey: newKey
            ),
            publicKey: previousKey
        )
    }
}

import Crypto
import Foundation
import MeshHost
import ModuleKit

/// Puts signatures into a transaction document.
struct TransactionSigner {
    let chainID: String
    let addresses: AddressPrefixes

    /// Signs for the sender whose key this is.
    ///
    /// - Parameter sequence: the account's next sequence; asked only when the document does not hold one yet.
    /// - Throws: `badInput` when the key's account sends nothing in it, or has no secret here.
    func sign(
        _ document: inout TransactionDocument,
        with key: KeyRecord,
        sequence: (Address) throws(CommandError) -> UInt64
    ) throws(CommandError) {
        let place = try place(of: key, in: &document, sequence: sequence)
        let signature = try signature(of: key, on: document, place: place, account: try key.address())
        let publicKey = Data(try key.publicKey())
        document.transaction.authentications[place].single = .with {
            $0.publicKey = publicKey
            $0.signature = signature
        }
    }

    /// Adds signatures of some keys of a multisig account, beside those that are there.
    ///
    /// - Returns: how many signatures there are now.
    /// - Throws: `badInput` when a key is not one of the account's.
    func sign(
        _ document: inout TransactionDocument,
        for account: KeyRecord,
        with keys: [KeyRecord],
        sequence: (Address) throws(CommandError) -> UInt64
    ) throws(CommandError) -> Int {
        guard case .multisig(let threshold, let publicKeys) = account.material else {
            throw CommandError(.badInput, "\(account.name) is no multisig account: use `meshd tx sign`")
        }
        let place = try place(of: account, in: &document, sequence: sequence)
        var proof = document.transaction.authentications[place].multisig
        proof.threshold = UInt32(clamping: threshold)
        proof.publicKeys = publicKeys.map { Data($0) }
        for key in keys {
            let publicKey = try key.publicKey()
            guard let index = publicKeys.firstIndex(of: publicKey) else {
                throw CommandError(.badInput, "\(key.name) is not one of the keys of \(account.name)")
            }
            let signature = try signature(of: key, on: document, place: place, account: try account.address())
            proof.signatures.removeAll { $0.keyIndex == UInt32(index) }
            proof.signatures.append(
                .with {
                    $0.keyIndex = UInt32(index)
                    $0.signature = signature
                }
            )
        }
        proof.signatures.sort { $0.keyIndex < $1.keyIndex }
        document.transaction.authentications[place].multisig = proof
        return proof.signatures.count
    }

    /// Gives every sender that has none yet an authentication without a proof, with the sequence to sign for.
    func prepare(
        _ document: inout TransactionDocument,
        sequence: (Address) throws(CommandError) -> UInt64
    ) throws(CommandError) {
        let senders = try document.senders()
        let count = document.transaction.authentications.count
        guard count <= senders.count else {
            throw CommandError(
                .badInput,
                "\(senders.count) accounts send, but there are \(count) authentications: build it anew"
            )
        }
        for sender in senders.dropFirst(count) {
            let address = try CommandError.wrapping { try addresses.parse(sender, as: .account) }
            let next = try sequence(address)
            document.transaction.authentications.append(.with { $0.sequence = next })
        }
    }

    private func place(
        of key: KeyRecord,
        in document: inout TransactionDocument,
        sequence: (Address) throws(CommandError) -> UInt64
    ) throws(CommandError) -> Int {
        try prepare(&document, sequence: sequence)
        let account = addresses.format(try key.address(), as: .account)
        let senders = try document.senders()
        guard let place = senders.firstIndex(of: account) else {
            throw CommandError(
                .badInput,
                "\(key.name) (\(account)) sends nothing in this transaction; its senders are: "
                    + senders.map(\.printable).joined(separator: ", ")
            )
        }
        return place
    }

    private func signature(of key: KeyRecord, on document: TransactionDocument, place: Int, account: Address)
        throws(CommandError) -> Data
    {
        let signingKey = try key.signingKey()
        return try CommandError.wrapping {
            let signed = try SignDocument(
                body: Array(document.transaction.body),
                chainID: chainID,
                signer: addresses.format(account, as: .account),
                sequence: document.transaction.authentications[place].sequence
            )
            return try signingKey.signature(for: signed.bytes)
        }
    }
}

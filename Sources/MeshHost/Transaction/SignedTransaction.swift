internal import Crypto
internal import Foundation
public import ModuleKit

/// A transaction as it came in, decoded and checked for form.
///
/// Everything that can be checked without state is checked here, so that it can be done on any core ahead of the block.
public struct SignedTransaction: Sendable {
    /// One message to one instance.
    public struct Request: Sendable {
        /// The account that asks.
        public let sender: Address
        /// The label or address of the instance.
        public let instance: String
        /// The encoded message.
        public let message: [UInt8]
    }

    /// One account that signed, with its sequence.
    public struct Signer: Sendable {
        /// The account.
        public let address: Address
        /// The sequence that it signed for.
        public let sequence: UInt64
    }

    /// SHA-256 of the encoded transaction.
    public let hash: [UInt8]
    /// The size of the encoded transaction, in bytes.
    public let byteCount: Int
    /// What is asked, in order.
    public let requests: [Request]
    /// The accounts that signed, in the order of their first request.
    public let signers: [Signer]
    /// The last height at which it may be executed; 0 for any.
    public let timeoutHeight: UInt64
    /// Units of work that it may use.
    public let workLimit: UInt64
    /// What the first signer pays; mostly nothing on a chain without fees.
    public let fee: Coins
    /// How many signatures were checked.
    public let signatureCount: Int

    /// Decodes a transaction, checks its form, and verifies every signature.
    ///
    /// - Throws: `invalidTransaction`, `unknownField`, `invalidSignature`, `wrongAddressPrefix`.
    public init(
        decoding bytes: [UInt8],
        chainID: String,
        addresses: AddressPrefixes,
        limits: TransactionLimits = TransactionLimits()
    ) throws(ModuleError) {
        guard bytes.count <= limits.transactionBytesMax else {
            throw Self.invalid("it has \(bytes.count) bytes, the limit is \(limits.transactionBytesMax): split it")
        }
        hash = Array(SHA256.hash(data: bytes))
        byteCount = bytes.count
        let transaction = try ProtoTransaction(decodingBytes: bytes)
        try transaction.requireKnownFields()
        let body = try ProtoBody(decodingBytes: Array(transaction.body))
        try body.requireKnownFields()
        try Self.checkCounts(body, limits)
        timeoutHeight = body.timeoutHeight
        fee = try Self.fee(of: body, limits)
        workLimit = body.workLimit == 0 ? limits.transactionWorkMax : min(body.workLimit, limits.transactionWorkMax)

        var requests: [Request] = []
        var senders: [(address: Address, text: String)] = []
        for request in body.requests {
            let sender = try addresses.parse(request.sender, as: .account)
            if !senders.contains(where: { $0.address == sender }) { senders.append((sender, request.sender)) }
            requests.append(Request(sender: sender, instance: request.instance, message: Array(request.message)))
        }
        guard senders.count <= limits.signersMax else {
            throw Self.invalid("\(senders.count) accounts would have to sign, the limit is \(limits.signersMax)")
        }
        guard transaction.authentications.count == senders.count else {
            throw ModuleError(
                .invalidSignature,
                "\(senders.count) senders but \(transaction.authentications.count) authentications: "
                    + "add exactly one for each sender, in the order of their first request"
            )
        }
        var signers: [Signer] = []
        var signatureCount = 0
        for (sender, authentication) in zip(senders, transaction.authentications) {
            let document = try SignDocument(
                body: Array(transaction.body),
                chainID: chainID,
                signer: sender.text,
                sequence: authentication.sequence
            )
            signatureCount += try authentication.verify(document, signer: sender.address, limits: limits)
            signers.append(Signer(address: sender.address, sequence: authentication.sequence))
        }
        self.requests = requests
        self.signers = signers
        self.signatureCount = signatureCount
    }

    private static func checkCounts(_ body: ProtoBody, _ limits: TransactionLimits) throws(ModuleError) {
        guard !body.requests.isEmpty else { throw invalid("it asks for nothing: add a request") }
        guard body.requests.count <= limits.requestsMax else {
            throw invalid("it holds \(body.requests.count) requests, the limit is \(limits.requestsMax): split it")
        }
        guard body.memo.utf8.count <= limits.memoBytesMax else {
            throw invalid("its memo has \(body.memo.utf8.count) bytes, the limit is \(limits.memoBytesMax): shorten it")
        }
    }

    private static func fee(of body: ProtoBody, _ limits: TransactionLimits) throws(ModuleError) -> Coins {
        guard body.fee.count <= limits.feeCoinsMax else {
            throw invalid(
                "its fee has \(body.fee.count) denominations, the limit is \(limits.feeCoinsMax): pay in fewer"
            )
        }
        do throws(ModuleError) {
            return try Coins(body.fee)
        } catch {
            throw invalid("its fee: \(error.message)")
        }
    }

    static func invalid(_ message: String) -> ModuleError {
        ModuleError(.invalidTransaction, "the transaction is refused: \(message)")
    }
}

/// What an account signs: `SignDocument` of `transaction.proto`, encoded.
public struct SignDocument: Sendable {
    /// The encoded document.
    public let bytes: [UInt8]

    /// Builds the document of one signer.
    public init(body: [UInt8], chainID: String, signer: String, sequence: UInt64) throws(ModuleError) {
        let document = ProtoSignDocument.with {
            $0.body = Data(body)
            $0.chainID = chainID
            $0.signer = signer
            $0.sequence = sequence
        }
        bytes = try document.encodedBytes()
    }
}

import Foundation
import MeshHost
import ModuleKit

/// A transaction as files and lines hold it: protobuf JSON, or `{"tx":"…"}` with the encoding in Base64.
struct TransactionDocument {
    var transaction: ProtoTransaction

    init(_ transaction: ProtoTransaction) { self.transaction = transaction }

    /// Reads either form; unknown members are errors.
    ///
    /// - Throws: `undecodable`, or codespace `genesis` of the JSON reader.
    init(json text: String) throws(ModuleError) {
        try self.init(try JSONValue(parsing: text))
    }

    /// Reads either form.
    init(_ json: JSONValue) throws(ModuleError) {
        if case .object(let object) = json, object.members.count == 1, object["tx"] != nil {
            transaction = try ProtoTransaction(decodingBytes: try json["tx"].base64())
        } else {
            transaction = try ProtoTransaction(decodingJSON: json.text())
        }
    }

    /// Reads the one transaction of a file.
    ///
    /// - Throws: `badInput`, naming the file.
    init(file: String) throws(CommandError) {
        do {
            try self.init(try JSONValue(parsing: try InputFile.bytes(file)))
        } catch {
            throw CommandError(error).adding(context: "\(file) does not hold one transaction")
        }
    }

    /// The line that `meshd run` reads.
    func line() throws(CommandError) -> String { try CommandError.wrapping { try transaction.json() } }

    /// The encoding that is executed and hashed.
    func encoded() throws(CommandError) -> [UInt8] { try CommandError.wrapping { try transaction.encodedBytes() } }

    /// What is to be done.
    func body() throws(CommandError) -> ProtoBody {
        try CommandError.wrapping { try ProtoBody(decodingBytes: Array(transaction.body)) }
    }

    /// The senders, in the order of their first request: one authentication belongs to each.
    func senders() throws(CommandError) -> [String] {
        var senders: [String] = []
        for request in try body().requests where !senders.contains(request.sender) { senders.append(request.sender) }
        return senders
    }

    /// The document in the form in which the command prints it.
    func report() throws(CommandError) -> Report {
        let line = try line()
        let json = try CommandError.wrapping { try JSONValue(parsing: line) }
        return Report(json) { _ in line + "\n" }
    }
}

import BankEvents
import Crypto
import Foundation
import MeshAudit
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// A home whose one account sends to itself for ever, and the process that executes that.
final class CrashChain {
    /// A block that the process said is on disk.
    struct Acknowledged {
        let height: UInt64
        let headerHash: String
    }

    /// The home as `meshd` knows it.
    let folder: URL
    /// The chain's store in it.
    let home: URL
    private(set) var killedInTime = 0
    private let key: Curve25519.Signing.PrivateKey
    private let account: Address
    private let prefixes: AddressPrefixes
    private let registry: ModuleRegistry
    private var lastHeight: UInt64 = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-crash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        home = folder.appendingPathComponent("chain")
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(SHA256.hash(data: Data("crash".utf8))))
        account = try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation))
        prefixes = try AddressPrefixes(account: "mesh")
        registry = try StandardModules.registry()
        let text = prefixes.format(account, as: .account)
        let genesis = """
            {"chain_id":"crash-1","genesis_time":"2026-01-01T00:00:00Z","app_state":{
            "auth":{"params":{},"accounts":[{"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"\(text)",
            "pub_key":null,"account_number":"0","sequence":"0"}]},
            "bank":{"params":{"send_enabled":[],"default_send_enabled":true},"supply":[],"denom_metadata":[],
            "balances":[{"address":"\(text)","coins":[{"denom":"umesh","amount":"1000000"}]}]}}}
            """
        let made = try ChainHost.create(at: home.path, genesis: Array(genesis.utf8), registry: registry)
        try made.host.store.close()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Starts the process on twelve more transactions, two a block, and kills it after some acknowledged blocks.
    func runAndKill(afterBlocks count: Int) throws -> [Acknowledged] {
        let process = Process()
        process.executableURL = try Self.meshd()
        process.arguments = ["run", "-", "--home", folder.path, "--block-size", "2", "--acknowledge"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let lines = try transactions(12).map { #"{"tx":"\#(Data($0).base64EncodedString())"}"# }
        try process.run()
        // The process may be gone before it has read everything: that must not end this one.
        signal(SIGPIPE, SIG_IGN)
        try? input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
        try? input.fileHandleForWriting.close()

        var read = Data()
        while Self.acknowledged(read).count < count {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CrashFailure("the process ended by itself after \(read.count) bytes") }
            read.append(more)
        }
        if process.isRunning { killedInTime += 1 }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // What it had said before it died counts as said.
        read.append(output.fileHandleForReading.readDataToEndOfFile())
        return Self.acknowledged(read)
    }

    /// Opens, verifies and replays the home, and looks for every block that was acknowledged.
    func check(_ acknowledged: [Acknowledged], round: Int) throws {
        let verification = try Verification(home: home.path).run()
        guard verification.isSound else { throw CrashFailure("round \(round): \(verification.findings)") }
        let scratch = folder.appendingPathComponent("replay-\(round)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let replay = try Replay(home: home.path, scratch: scratch.path, registry: registry).run()
        guard replay.isSound else { throw CrashFailure("round \(round): \(replay.findings) \(replay.differences)") }

        let host = try ChainHost.open(at: home.path, registry: registry)
        defer { try? host.store.close() }
        for block in acknowledged {
            guard let header = try host.store.log.header(at: block.height) else {
                throw CrashFailure("round \(round): block \(block.height) was acknowledged and is lost")
            }
            guard header.hash.hexadecimal == block.headerHash else {
                throw CrashFailure("round \(round): block \(block.height) is not the one that was acknowledged")
            }
        }
        guard host.lastHeader.height >= lastHeight else {
            throw CrashFailure("round \(round): the log went back from \(lastHeight) to \(host.lastHeader.height)")
        }
        lastHeight = host.lastHeader.height
        if let (instance, violation) = try host.invariantViolations().first {
            throw CrashFailure("round \(round): \(instance.label): \(violation)")
        }
    }

    /// The next transactions of the account, from the sequence that the log has come to.
    private func transactions(_ count: UInt64) throws -> [[UInt8]] {
        let host = try ChainHost.open(at: home.path, registry: registry)
        defer { try? host.store.close() }
        let first = try host.nextSequence(of: account)
        let text = prefixes.format(account, as: .account)
        return try (first..<first + count).map { sequence in
            var builder = TransactionBuilder(chainID: "crash-1", addresses: prefixes)
            let send = BankMessage.with {
                $0.send.toAddress = text
                $0.send.amount = [
                    .with {
                        $0.denom = "umesh"
                        $0.amount = "1"
                    }
                ]
            }
            try builder.add(send, to: "bank", from: account)
            return try builder.signed(by: [.single(key, sequence: sequence)])
        }
    }

    /// The blocks of all whole lines `committed HEIGHT HASH`; a line that was cut off says nothing.
    private static func acknowledged(_ output: Data) -> [Acknowledged] {
        let text = String(decoding: output, as: UTF8.self)
        let whole = text.prefix(upTo: text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex)
        return whole.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "committed", let height = UInt64(words[1]) else { return nil }
            return Acknowledged(height: height, headerHash: String(words[2]))
        }
    }

    /// The binary that was built beside the test bundle.
    private static func meshd() throws -> URL {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [bundle, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        let binary = candidates.map { $0.appendingPathComponent("meshd") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let binary else { throw CrashFailure("meshd is not beside the test bundle: build it first") }
        return binary
    }
}

/// What a round found wrong.
struct CrashFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

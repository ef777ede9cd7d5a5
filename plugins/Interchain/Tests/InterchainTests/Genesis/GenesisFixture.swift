import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// A new chain, whose postcards have a port from the genesis block on.
final class GenesisFixture {
    let harness: ModuleHarness<Interchain>

    /// - Parameters:
    ///   - port: the port of the postcards.
    ///   - time: the time of the genesis block.
    init(port: String = Correspondence.Side.left.port, time: Timestamp = HarnessOptions().genesisTime) throws {
        harness = try ModuleHarness(
            Interchain(),
            neighbours: [Postcard(), Mute()],
            options: HarnessOptions {
                $0.chainID = "left-1"
                $0.genesisTime = time
                $0.neighbourConfigurations = [
                    "postcard": ["ports": [.string(port)]],
                    "mute": ["ports": [.string(Correspondence.silence)]],
                ]
            }
        )
    }

    /// Imports a section `ibc`.
    func importing(_ section: JSONValue, _ strictness: GenesisReport.Strictness = .refuse) throws -> Outcome<Interchain>
    {
        let options = harness.options
        let document = GenesisDocument(
            chainID: options.chainID,
            time: options.genesisTime,
            appState: ["ibc": section]
        )
        return try harness.when(importing: document, strictness: strictness)
    }

    /// What was met that is not carried over: path and reason.
    var findings: [String] { harness.genesisReport.findings.map { "\($0.path): \($0.reason)" } }
}

extension ModuleHarness<Interchain> {
    /// What Interchain has stored, each entry in hexadecimal.
    func interchainEntries() throws -> [String] {
        let number = try identity.number
        let prefix = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        return try storedState().filter { $0.key.starts(with: prefix) }.map { entry in
            "\(String(decoding: entry.key.dropFirst(5), as: UTF8.self)) \(entry.key) = \(entry.value)"
        }
    }
}

extension Postcard {
    /// Binds the ports that its configuration names.
    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        for port in try configuration.ports() { try context.bind(port) }
    }
}

extension Mute {
    /// Binds the ports that its configuration names.
    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        for port in try configuration.ports() {
            let answer = InterchainChannelAnswer.with { $0.bindPort.portID = port.text }
            try context.emit(PostcardEvent(channelAnswer: answer))
        }
    }
}

extension JSONValue {
    fileprivate func ports() throws(ModuleError) -> [PortID] {
        guard let list = self["ports"].optional else { return [] }
        return try list.array().map { (field) throws(ModuleError) in try field.identifier(PortID.self) }
    }
}

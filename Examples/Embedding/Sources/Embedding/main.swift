// The smallest chain: a bank in a folder, one account, one signed transfer, one block.

import Bank
import BankEvents
import Crypto
import Foundation
import MeshHost
import ModuleKit

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("embedding-\(UUID().uuidString)")
defer { try? FileManager.default.removeItem(at: folder) }

let prefixes = try AddressPrefixes(account: "mesh")
let key = Curve25519.Signing.PrivateKey()
let alice = try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation))
let bob = Address(moduleName: "bob")
let genesis = """
    {"chain_id": "embedded-1", "genesis_time": "2026-01-01T00:00:00Z", "app_state": {
        "bank": {"params": {"default_send_enabled": true},
            "balances": [{"address": "\(prefixes.format(alice, as: .account))",
                "coins": [{"denom": "umesh", "amount": "1000"}]}]}}}
    """

let (host, _) = try ChainHost.create(
    at: folder.path,
    genesis: Array(genesis.utf8),
    registry: try ModuleRegistry(Bank())
)

var transaction = TransactionBuilder(chainID: host.chainID, addresses: prefixes)
let coin = Coin(Amount(250), try Denom("umesh"))
let send = BankMessage.with {
    $0.send.toAddress = prefixes.format(bob, as: .account)
    $0.send.amount = [ProtoCoin(coin)]
}
try transaction.add(send, to: "bank", from: alice)

let block = try host.finalizeBlock(
    ProposedBlock(
        height: 1,
        time: try Timestamp("2026-01-01T00:00:05Z"),
        transactions: [try transaction.signed(by: [.single(key, sequence: 0)])]
    )
)
try host.commit()

print("block \(block.header.height), app hash \(block.header.appHash)")
for result in block.results {
    print(result.error.map { "refused: \($0)" } ?? "transferred, \(result.events.count) events")
}
try host.store.close()

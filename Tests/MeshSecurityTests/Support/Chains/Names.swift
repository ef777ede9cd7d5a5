import Foundation
import ModuleKit

/// How what the reference calls `alice`, `cval1` and `TODO` is called on our chains, and back.
///
/// Validators' addresses are in the order of their names, because packets list them in that order.
struct Names {
    /// Our texts with the reference's.
    private var pairs: [(ours: String, theirs: String)] = []

    mutating func add(_ ours: String, for theirs: String) {
        guard !pairs.contains(where: { $0.ours == ours }) else { return }
        pairs.append((ours, theirs))
    }

    /// A packet or a text of ours, in the reference's words.
    func translated(_ text: String) -> String {
        pairs.reduce(text) { $0.replacingOccurrences(of: "\"\($1.ours)\"", with: "\"\($1.theirs)\"") }
    }

    /// A packet of the reference, in our words. A key goes with its validator.
    func ours(_ text: String) -> String {
        var text = text
        for name in (1...9).map({ "cval\($0)" }) {
            let key = Data(Self.key(name)).base64EncodedString()
            text = text.replacingOccurrences(
                of: #""valoper":"\#(name)","pub_key":"TODO""#,
                with: #""valoper":"\#(name)","pub_key":"\#(key)""#
            )
        }
        return pairs.reduce(text) { $0.replacingOccurrences(of: "\"\($1.theirs)\"", with: "\"\($1.ours)\"") }
    }

    /// What the reference calls something of ours; as it is where nothing is known.
    func theirs(_ ours: String) -> String { pairs.first { $0.ours == ours }?.theirs ?? ours }

    /// The account of an operator: 20 bytes, the number in its name last.
    static func validator(_ name: String) throws -> Address {
        let number = UInt8(name.filter(\.isNumber)) ?? 0
        return try Address(bytes: [UInt8](repeating: 0, count: 19) + [number])
    }

    /// The consensus key of a validator.
    static func key(_ name: String) -> [UInt8] {
        [UInt8](repeating: 7, count: 31) + [UInt8(name.filter(\.isNumber)) ?? 0]
    }

    /// The address of a validator's consensus key.
    static func consensusAddress(_ name: String) throws -> Data {
        Data(try Address(ed25519PublicKey: key(name)).bytes)
    }
}

/// Accounts that both chains have.
extension Address {
    static let faucet = Address(moduleName: "person/faucet")
    static let relayer = Address(moduleName: "person/relayer")
    static let authority = Address(moduleName: "person/authority")
}

import Crypto
public import ModuleKit

extension Address {
    /// The sub-account in the name of which an instance stakes for an account: 32 bytes.
    ///
    /// The derivation is that of ADR-028 of the Cosmos SDK, `SHA-256(SHA-256(type) || key)`, with the type
    /// `mesh.staking/sub-account/1` and a key of the number of bytes of the instance's address, that address, and the
    /// account's. So no two pairs have one address. Public keys, modules and instances have addresses of 20 bytes: nobody
    /// signs for a sub-account, and no module can claim it.
    ///
    /// - Parameters:
    ///   - instance: the address of the instance that orders the stake.
    ///   - account: the account for which it does.
    public init(instance: Address, account: Address) {
        var hasher = SHA256()
        hasher.update(data: Self.subAccountType)
        hasher.update(data: [UInt8(truncatingIfNeeded: instance.byteCount)])
        instance.withBytes { hasher.update(bufferPointer: $0) }
        account.withBytes { hasher.update(bufferPointer: $0) }
        // A SHA-256 has the 32 bytes that an address may have at most.
        self = (try? Address(bytes: hasher.finalize())) ?? account
    }

    private static let subAccountType = [UInt8](SHA256.hash(data: [UInt8]("mesh.staking/sub-account/1".utf8)))
}

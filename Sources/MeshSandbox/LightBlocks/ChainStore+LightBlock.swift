public import CometBFT
import MeshHost
public import Storage

extension ChainStore {
    /// The block of a height as its validators signed it.
    ///
    /// - Returns: nil when there is no such block, when it is the genesis, or when nobody signed it.
    /// - Throws: `inconsistentLog` for bytes that are no light block; `host` when the log can't be read.
    public func lightBlock(at height: UInt64) throws(SandboxError) -> LightBlock? {
        let bytes = try SandboxError.hosting { () -> [UInt8] in
            guard let inputs = try log.inputs(at: height), !inputs.isEmpty else { return [] }
            guard case .report(_, let lightBlock) = try BlockInput(decoding: inputs[0]) else { return [] }
            return lightBlock
        }
        guard !bytes.isEmpty else { return nil }
        do throws(CometBFTError) {
            return try LightBlock(encoded: bytes)
        } catch {
            throw SandboxError(
                .inconsistentLog,
                "what validators signed at height \(height) can't be read: restore the home from a backup",
                cause: error
            )
        }
    }
}

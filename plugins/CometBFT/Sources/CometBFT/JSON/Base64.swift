import Foundation

/// Base64 text (RFC 4648, section 4), with padding.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    /// Reads padded base64. Spaces, line breaks and stray bits at the end are refused.
    static func decode(_ text: String) throws(CometBFTError) -> [UInt8] {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            throw CometBFTError(.malformed, "not base64: it takes A-Z, a-z, 0-9, + and /, padded with =")
        }
        return [UInt8](data)
    }
}

import StrictJSON

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Acknowledgement {
    /// Reads the JSON form: `{"result":"AQ=="}`, the bytes in base64, or `{"error":"…"}`.
    ///
    /// - Throws: `tooLarge`; `malformed`; `missing` for an empty one; `notCanonical` for bytes that ``json`` would not
    ///   write, so that an acknowledgement has one commitment.
    public init(json bytes: [UInt8]) throws(IBCError) {
        let object = try JSONObject(
            document: bytes,
            depthLimit: 1,
            byteCountLimit: Self.maximumByteCount,
            noun: "acknowledgement"
        )
        guard let member = object.members.first, object.members.count == 1, case .string(let text) = member.value else {
            throw Self.unknownShape
        }
        switch member.name {
        case "result":
            guard let data = Data(base64Encoded: text) else {
                throw IBCError(.malformed, "the result of the acknowledgement is not base64; encode it with padding")
            }
            self = .result([UInt8](data))
        case "error": self = .error(text)
        default: throw Self.unknownShape
        }
        try check()
        guard json == bytes else {
            throw IBCError(
                .notCanonical,
                "the acknowledgement is not written as the other chain's application would; take its exact bytes"
            )
        }
    }

    /// The JSON form, as the applications of ibc-go write it.
    public var json: [UInt8] {
        var object = JSONObject()
        switch self {
        case .result(let bytes): object["result"] = .string(Data(bytes).base64EncodedString())
        case .error(let text): object["error"] = .string(text)
        }
        return JSONValue.object(object).bytesEscapedForHTML
    }

    private static var unknownShape: IBCError {
        IBCError(.malformed, "an acknowledgement has one member, the text result or error, and nothing else")
    }
}

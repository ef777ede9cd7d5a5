import CometBFT
import ICS23

/// Runs a check of a part that is CometBFT's, and takes over what it throws.
func takingOver<Value>(
    _ part: @autoclosure () -> String,
    _ body: () throws(CometBFTError) -> Value
) throws(IBCError) -> Value {
    do throws(CometBFTError) {
        return try body()
    } catch {
        let code: IBCError.Code =
            switch error.code {
            case .tooLarge: .tooLarge
            case .notCanonical: .notCanonical
            case .missing: .missing
            case .unknownValue: .unknownValue
            case .outOfRange, .wrongLength: .outOfRange
            case .malformed: .malformed
            default: .inconsistent
            }
        throw IBCError(code, "\(part()): \(error.message)", cause: error)
    }
}

/// Runs a check of a part that is ICS-23's, and takes over what it throws.
func takingOver<Value>(
    _ part: @autoclosure () -> String,
    _ body: () throws(ICS23Error) -> Value
) throws(IBCError) -> Value {
    do throws(ICS23Error) {
        return try body()
    } catch {
        let code: IBCError.Code =
            switch error.code {
            case .tooLarge: .tooLarge
            case .notCanonical, .unknownField: .notCanonical
            case .missingField: .missing
            case .unknownValue: .unknownValue
            case .malformed: .malformed
            default: .inconsistent
            }
        throw IBCError(code, "\(part()): \(error.message)", cause: error)
    }
}

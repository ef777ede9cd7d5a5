import StrictJSON

/// The error of an operation that has to fail, or nil if it does not.
func failure<Value>(_ operation: () throws -> Value) -> JSONError? {
    do {
        _ = try operation()
        return nil
    } catch {
        return error as? JSONError
    }
}

/// The code of the error of an operation that has to fail, or nil if it does not.
func code<Value>(_ operation: () throws -> Value) -> JSONError.Code? {
    failure(operation)?.code
}

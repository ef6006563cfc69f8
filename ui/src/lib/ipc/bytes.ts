// Files on their way to the core and back: bytes as base64.

/** The bytes of a file; rejects when it cannot be read. */
export async function toBase64(file: Blob): Promise<string> {
  const address = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      done(String(reader.result));
    };
    reader.onerror = () => {
      failed(reader.error ?? new Error('unread'));
    };
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(',') + 1);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

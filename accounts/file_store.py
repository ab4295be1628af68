"""Where uploaded files are kept: a folder of this machine, or an S3-compatible store when a bucket is named."""


def file_store(*, bucket: str = "", endpoint: str = "", region: str = "", key: str = "", secret: str = "") -> dict:
    """The `default` entry of STORAGES; the library is imported only where a bucket is named.

    The bucket stays private: a file leaves by an authorising view alone, never by an address of the store. One name is
    never written twice, so that two results with one picture have a file each.
    """
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "signature_version": "s3v4",
        "addressing_style": "path",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
